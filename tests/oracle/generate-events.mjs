// Event logs with what real ones have: travel, silence, bursts, shared devices, changes of account, copies, rubbish.
import { HOUR } from "./time.mjs";

export const NAMES = ["open", "create", "share", "export", "error"];
export const ACCOUNTS = ["acme", "globex", "initech", "Ünion", "zeta"];

const OFFSETS = [0, 0, 60, -300, 330, 345, -570, 840, -720, 765, 1, -61];
const PEOPLE =
	"ada bob cy Dee eve fay gus hal ida jo kim lea max ned oda pia \u00e9va \uff5ezed \u{1f600} B".split(" ");

const person = (random, user) => ({
	user: random.chance(0.75) ? user : undefined,
	devices: Array.from({ length: random.whole(1, 2) }, (_, i) => `${user}-device-${i}`),
	offset: random.pick(OFFSETS),
	account: random.chance(0.7) ? random.pick(ACCOUNTS) : undefined,
	style: random.pick(["daily", "weekly", "burst", "burst", "silent"]),
});

/** Times at which somebody is active, in hours from the start; quantised, so that edges and equal times are frequent. */
function* visits(random, style, hours) {
	let at = random.whole(0, Math.floor(hours / 2));
	while (at < hours) {
		yield at;
		if (style === "daily") at += random.whole(10, 40);
		else if (style === "weekly") at += random.whole(100, 260);
		else if (style === "silent") at += random.whole(400, 1600);
		else at += random.chance(0.7) ? random.whole(0, 3) : random.whole(150, 500);
	}
}

const minuteInHour = (random) =>
	random.pick([0, 0, 0.001 / 60, 15, 30, 30, 45, 59.99998, random.whole(0, 59)]);

const properties = (random) => ({
	...(random.chance(0.8) && { files: random.pick([0, 1, 2, 3, 5, 8, 2.5, "3", null]) }),
	...(random.chance(0.5) && { kind: random.pick(["a", "b", "c"]) }),
	...(random.chance(0.3) && { ok: random.pick([true, false]) }),
	...(random.chance(0.3) && {
		cart: { total: random.whole(1, 50), owner: { name: random.pick(["x", "y"]) } },
	}),
});

const traits = (random) => ({
	...(random.chance(0.6) && { plan: random.pick(["free", "pro", "team", null]) }),
	...(random.chance(0.5) && { seats: random.pick([1, 2, 5, "8", "8", null]) }),
	...(random.chance(0.4) && { role: random.pick(["admin", "member"]) }),
	...(random.chance(0.3) && { beta: random.pick([true, false, 0, 1, null]) }),
	...(random.chance(0.3) && { address: random.pick([{ city: "Bern" }, { city: "Oslo" }, {}, null]) }),
	...(random.chance(0.2) && { tags: random.some(["x", "y", "z"]) }),
});

const context = (random, who) => ({
	...(random.chance(0.8) && {
		timezoneOffset: random.chance(0.06) ? random.pick([1441, 0.5, "60", null]) : who.offset,
	}),
	...(random.chance(0.15) && { groupId: random.pick([...ACCOUNTS, who.account ?? "", ""]) }),
});

function message(random, who) {
	const draw = random.share();
	if (draw < 0.72) return { type: "track", event: random.pick(NAMES), properties: properties(random) };
	if (draw < 0.8) return { type: random.pick(["page", "screen"]), name: random.pick(["Home", "Plans", ""]) };
	if (draw < 0.9) return { type: "identify", traits: traits(random) };
	if (draw < 0.94 && who.account) return { type: "group", groupId: who.account, traits: traits(random) };
	if (draw < 0.96) return { type: "group", traits: traits(random) };
	if (draw < 0.98) return { type: "alias", previousId: random.pick(who.devices) };
	return random.pick([{ type: "track" }, { type: "track", event: "" }, { type: "other", event: "open" }, {}]);
}

function ids(random, who, known) {
	const device = random.pick(who.devices);
	if (who.user === undefined || random.chance(known ? 0.15 : 0.6)) return { anonymousId: device };
	return random.chance(0.5) ? { userId: who.user } : { userId: who.user, anonymousId: device };
}

const RUBBISH = [
	"hello",
	"",
	"42",
	"null",
	"[]",
	'{"type":"track","messageId":"r1","userId":"ada"',
	'{"type":"track","messageId":"r2","userId":"ada","event":"open"}',
	'{"type":"track","messageId":"r3","userId":"ada","timestamp":"2024-02-30T10:00:00Z","event":"open"}',
	'{"type":"track","messageId":"r4","userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open","properties":{"x":1e999}}',
	'{"type":"track","messageId":"r5","userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open","properties":{"x":"\\ud800"}}',
	'{"type":"track","messageId":"r6","userId":"","timestamp":"2024-02-01T10:00:00Z","event":"open"}',
	'{"type":"track","messageId":7,"userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open"}',
];

/** `{lines, start, end}`: the lines of a log in order of arrival, and the times (milliseconds) it lies between. */
export function generateEvents(random) {
	const start = Date.UTC(2024, random.whole(0, 11), random.whole(1, 28));
	const hours = random.whole(2, 14) * 7 * 24;
	const events = [];
	const people = PEOPLE.map((user) => person(random, user));
	// A device that two share moves from one to the other.
	for (let i = 0; i < 3; i++) random.pick(people).devices.push(random.pick(random.pick(people).devices));
	for (const who of people) {
		let known = false;
		for (const hour of visits(random, who.style, hours)) {
			if (random.chance(0.05)) who.offset = random.pick(OFFSETS);
			if (random.chance(0.03)) who.account = random.pick(ACCOUNTS);
			const size = random.chance(0.15) ? random.whole(2, 4) : 1;
			const time = start + Math.round((hour + minuteInHour(random) / 60) * HOUR);
			for (let i = 0; i < size; i++) {
				const whose = ids(random, who, known);
				known ||= whose.userId !== undefined;
				const later = random.chance(0.3) ? random.whole(0, 90000) : 0;
				const timestamp = new Date(time + later).toISOString();
				const messageId = `${random.pick(["m", "M", "\u00e9", "\uff5e", "\u{1f600}", ""])}${random.whole(0, 99)}-${events.length}`;
				events.push({
					...message(random, who),
					messageId,
					...whose,
					timestamp,
					context: context(random, who),
				});
			}
		}
	}
	const lines = events.map((event) => JSON.stringify(event));
	const copies = lines.filter(() => random.chance(0.04));
	const arrived = random.shuffled([...lines, ...copies, ...random.some(RUBBISH)]);
	return { lines: random.chance(0.3) ? lines : arrived, start, end: start + hours * HOUR };
}
