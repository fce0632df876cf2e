/** Usage made up from a seed, for where the recorded one is not there: people of small accounts, over months. */
import { Random } from "../oracle/random.mjs";

const HOUR = 3_600_000;

/** So many events of people, and of accounts if there are any; in order of time. */
export function generatedUsage({ seed, names, people, accounts, count }) {
	const chance = new Random(seed);
	const crowd = Array.from({ length: people }, (_, i) => ({
		userId: `user_${String(i).padStart(5, "0")}`,
		groupId: accounts > 0 ? `account_${i % accounts}` : undefined,
		timezoneOffset: chance.whole(-8, 9) * 60,
		now: Date.UTC(2024, 0, 1) + chance.whole(0, 1_000) * HOUR,
	}));
	const events = Array.from({ length: count }, (_, i) => {
		const isFirst = i < people;
		const person = isFirst ? crowd[i] : chance.pick(crowd);
		person.now += chance.chance(0.9) ? chance.whole(1, 600) * 1_000 : chance.whole(1, 72) * HOUR;
		const { userId, groupId, timezoneOffset } = person;
		return {
			type: isFirst ? "identify" : "track",
			messageId: `generated-${i}`,
			userId,
			timestamp: new Date(person.now).toISOString(),
			context: { timezoneOffset, sessionId: `session_${chance.whole(0, 9_999)}`, groupId },
			...(isFirst
				? { traits: { channel: chance.pick(["social", "search", "email"]) } }
				: {
						event: chance.pick(names),
						properties: { files: chance.whole(1, 40), added: chance.whole(0, 90) },
					}),
		};
	});
	return events.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
}
