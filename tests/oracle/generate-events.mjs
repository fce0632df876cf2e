// Event logs with what real ones have: travel, silence, bursts, shared devices, changes of account, copies, rubbish.
import { generateProperties, generateTraits, writeLine } from "./generate-values.mjs";
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
	session: 0,
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

const context = (random, who) => ({
	...(random.chance(0.8) && {
		timezoneOffset: random.chance(0.06) ? random.pick([1441, 0.5, "60", null]) : who.offset,
	}),
	...(random.chance(0.6) && {
		sessionId: random.chance(0.1)
			? random.pick(["", 17, null, "shared"])
			: `${who.devices[0]}-${who.session}`,
	}),
	...(random.chance(0.15) && { groupId: random.pick([...ACCOUNTS, who.account ?? "", ""]) }),
});

function message(random, who, time) {
	const draw = random.share();
	if (draw < 0.72)
		return { type: "track", event: random.pick(NAMES), properties: generateProperties(random) };
	if (draw < 0.8)
		return {
			type: random.pick(["page", "screen"]),
			name: random.pick(["Home", "Plans", "", 7]),
			properties: { name: "a", ...generateProperties(random) },
		};
	if (draw < 0.9) return { type: "identify", traits: generateTraits(random, time) };
	if (draw < 0.94 && who.account)
		return { type: "group", groupId: who.account, traits: generateTraits(random, time) };
	if (draw < 0.96) return { type: "group", traits: generateTraits(random, time) };
	if (draw < 0.98)
		return { type: "alias", previousId: random.pick(random.chance(0.9) ? who.devices : PEOPLE) };
	return random.pick([{ type: "track" }, { type: "track", event: "" }, { type: "other", event: "open" }, {}]);
}

/** Who travels has another offset; summer comes and goes too. */
function travel(random, who) {
	if (random.chance(0.05)) who.offset = random.pick(OFFSETS);
	else if (random.chance(0.02)) who.offset += random.pick([60, -60]);
}

/** When the events of a visit are: together, soon after, or to the millisecond at the edge of a span. */
function instants(random, time) {
	const more = random.chance(0.15) ? random.whole(1, 3) : 0;
	const later = Array.from({ length: more }, () => random.pick([0, 0, 1, random.whole(0, 90000)]));
	const span = random.pick([1, 1, 2, 3, 24, 48, 72]) * HOUR;
	if (random.chance(0.15)) later.push(span + random.pick([-1, 0, 0, 1]));
	return [0, ...later].map((after) => time + after);
}

const messageId = (random, index) =>
	`${random.pick(["m", "M", "\u00e9", "\uff5e", "\u{1f600}", ""])}${random.whole(0, 99)}-${index}`;

/** RFC 3339 in one of its ways. */
function timestamp(random, time) {
	if (random.chance(0.95)) return new Date(time).toISOString();
	const [east, zone] = random.pick([
		[330, "+05:30"],
		[-570, "-09:30"],
		[0, "+00:00"],
	]);
	return new Date(time + east * 60000)
		.toISOString()
		.replace("Z", `${random.pick(["", "9", "999999"])}${zone}`);
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
	'{"type":"track","messageId":"r8","userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open","properties":{"x":[{"y":-1e999}]}}',
	'{"type":"track","messageId":"r9","userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open","traits":{"\\udc00":1}}',
	'{"type":"track","messageId":"r10","userId":"ada","timestamp":"2024-02-01 10:00","event":"open"}',
	'{"type":"track","messageId":"r6","userId":"","timestamp":"2024-02-01T10:00:00Z","event":"open"}',
	'{"type":"track","messageId":7,"userId":"ada","timestamp":"2024-02-01T10:00:00Z","event":"open"}',
];

/** `{lines, start, end}`: the lines of a log in order of arrival, and the times (milliseconds) it lies between. */
export function generateEvents(random) {
	const start = Date.UTC(2024, random.whole(0, 11), random.whole(1, 28));
	const hours = (random.chance(0.08) ? random.whole(30, 60) : random.whole(2, 10)) * 7 * 24;
	const events = [];
	const people = PEOPLE.map((user) => person(random, user));
	// A device that two share moves from one to the other.
	for (let i = 0; i < 3; i++) random.pick(people).devices.push(random.pick(random.pick(people).devices));
	for (const who of people) {
		let known = false;
		for (const hour of visits(random, who.style, hours)) {
			travel(random, who);
			if (random.chance(0.03)) who.account = random.pick(ACCOUNTS);
			if (random.chance(0.3)) who.session += 1;
			const time = start + Math.round((hour + minuteInHour(random) / 60) * HOUR);
			for (const at of instants(random, time)) {
				const whose = ids(random, who, known);
				known ||= whose.userId !== undefined;
				events.push({
					...message(random, who, at),
					messageId: messageId(random, events.length),
					...whose,
					timestamp: timestamp(random, at),
					context: context(random, who),
				});
			}
		}
	}
	const lines = events.map(writeLine);
	const copies = lines.filter(() => random.chance(0.04));
	const arrived = random.shuffled([...lines, ...copies, ...random.some(RUBBISH)]);
	return { lines: random.chance(0.3) ? lines : arrived, start, end: start + hours * HOUR };
}
