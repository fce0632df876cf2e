// Logs with more values than `sessions`, `distinct` and `people` remember, for which few random logs are long enough.
import { Random } from "./random.mjs";

const START = Date.UTC(2024, 0, 1);

const line = (index, time, event) =>
	JSON.stringify({
		type: "track",
		messageId: `m${String(index).padStart(7, "0")}`,
		timestamp: new Date(time).toISOString(),
		event: "a",
		...event,
	});

/** One person, with values that are seen again at every distance about the 1,024 that are remembered. */
function ofPerson() {
	const random = new Random(1);
	const lines = [];
	const add = (value) => {
		const sessionId = `s${value}`;
		lines.push(
			line(lines.length, START + lines.length * 60000, {
				userId: "u",
				properties: { v: random.chance(0.5) ? value : sessionId },
				context: { sessionId },
			}),
		);
	};
	for (let value = 0; value < 1023; value++) add(value);
	for (const value of [0, 1023, 1024, 1, 1025, 0, 2, 1026]) add(value);
	for (let i = 0; i < 3000; i++) add(random.whole(0, random.pick([40, 1024, 1030, 2000])));
	const several = {
		d: { distinct: "v", of: "a" },
		d_24h: { distinct: "v", of: "a", within: "24h" },
		d_2d: { distinct: "v", of: "a", within: "2d" },
		s: { sessions: "a" },
		s_30h: { sessions: "a", within: "30h" },
		team: { sessions: "a", scope: "account" },
	};
	const when = (name, least) => ({ when: { [`signals.${name}`]: { $gte: least } } });
	const segments = {
		many: when("d", 1024),
		day: when("d_24h", 800),
		two_days: when("d_2d", 1000),
		sessions: when("s", 1024),
		hours: when("s_30h", 900),
	};
	return { playbook: { signals: several, segments }, lines };
}

/** An account with more people than it remembers, all in an hour; one who was forgotten comes again. */
function ofAccount() {
	const lines = [];
	const add = (person) =>
		lines.push(
			line(lines.length, START + lines.length * 30, {
				anonymousId: `p${person}`,
				properties: { v: person },
				context: { groupId: "g" },
			}),
		);
	for (let person = 0; person < 99999; person++) add(person);
	for (const person of [0, 99999, 100000, 1, 100001]) add(person);
	const signals = {
		people: { people: "a", scope: "account" },
		values: { distinct: "v", of: "a", scope: "account" },
	};
	return { playbook: { activity: "never", signals }, lines };
}

/** `{name, slow, playbook, events}` of each. */
export function generateMemories() {
	return [
		{ name: "1,024 values of a person", slow: false, ...ofPerson() },
		{ name: "100,000 values of an account", slow: true, ...ofAccount() },
	].map(({ lines, ...rest }) => ({ ...rest, events: Buffer.from(`${lines.join("\n")}\n`) }));
}
