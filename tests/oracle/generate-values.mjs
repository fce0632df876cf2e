// What events carry: properties and traits of every type that JSON has, with the numbers and texts on which two
// programs like to differ.
import { HOUR } from "./time.mjs";

export const WORDS = ["a", "b", "C", "\u00c9", "\u00e9", "\uff5ez", "\u{1f600}", "10", ""];
export const VERSIONS = [
	"1.2.3",
	"v1.10.0",
	"1.2.3-rc.1",
	"1.2.3-rc.10",
	"1.2",
	"2.0.0+b7",
	"1.2.4",
	"x",
	"",
];

/** A number written in a way that JSON.stringify has no word for; `writeLine` unpacks it. */
const raw = (text) => `#${text}#`;
export const writeLine = (event) => JSON.stringify(event).replaceAll(/"#([^"#]*)#"/g, "$1");

const NUMBERS = [
	...[
		0,
		1,
		2,
		3,
		5,
		8,
		2.5,
		0.1,
		0.2,
		0.1 + 0.2,
		-1,
		-2.5,
		1e15,
		1e-7,
		0.0078125,
		0.0234375,
		9e12,
		9000000000001,
	],
	...["-0", "-0.0", "1.0", "1E2", "0.30e1", "5e-7", "15e-7", "1e21", "123456789012345678901234567890"].map(
		raw,
	),
];
const ANY = [
	...NUMBERS,
	...WORDS,
	true,
	false,
	null,
	[],
	[1],
	["a", null, "b"],
	{},
	{ b: 1 },
	" 8 ",
	"0x10",
	"1e3",
];
const LISTS = [[], ["a"], ["b", "C"], ["a", "b", "c"], ["A", 1], [0, "", null], [1, 2, 3], "a", { a: 1 }];
const ITEMS = [
	[
		{ sku: "a", n: 1 },
		{ sku: "b", n: 5 },
	],
	[{ sku: "C", n: 0.3, tags: ["a"] }],
	[{ n: 2 }, "a", 0, null],
	[],
	{ sku: "a" },
];

/** What a field of a kind may hold. */
const OF_KIND = {
	number: NUMBERS,
	word: WORDS,
	bool: [true, false, 0, 1],
	version: VERSIONS,
	any: ANY,
	list: LISTS,
	items: ITEMS,
};

/** Path → kind, of an event's properties. */
export const PROPERTIES = {
	files: "number",
	amount: "number",
	kind: "word",
	ok: "bool",
	"cart.total": "number",
	"cart.owner.name": "word",
	any: "any",
	tags: "list",
	items: "items",
	"items.0.sku": "word",
	version: "version",
};

/** Path → kind, of the traits of a person or an account. */
export const TRAITS = {
	plan: "word",
	seats: "number",
	role: "word",
	beta: "bool",
	"address.city": "word",
	tags: "list",
	items: "items",
	any: "any",
	version: "version",
	renews: "word",
};

const COMMON = { number: [1, 2, 3, 5], word: ["a", "b"], any: ["a", "b", 1, 2] };

const drawn = (random, kind) =>
	COMMON[kind] && random.chance(0.5) ? random.pick(COMMON[kind]) : random.pick(OF_KIND[kind]);

/** An object with some of the fields, by their paths. */
function some(random, fields, share) {
	const object = {};
	for (const [path, kind] of Object.entries(fields)) {
		if (!random.chance(share) || path.includes(".0.")) continue;
		const keys = path.split(".");
		let inner = object;
		for (const key of keys.slice(0, -1)) inner = inner[key] ??= {};
		inner[keys.at(-1)] = drawn(random, kind);
	}
	return object;
}

/** A time that a trait holds, in one of the ways it may, or one that cannot be read. */
function time(random, around) {
	const ms = around + random.whole(-20, 90) * 24 * HOUR + random.pick([0, 0, 1, -1, 12345678]);
	const text = new Date(ms).toISOString();
	return random.pick([
		() => text.slice(0, 10),
		() => text.slice(0, 10),
		() => text,
		() => text.replace("Z", random.pick(["+05:30", "-09:30", "+14:00"])),
		() => text.replace(/\.\d+/, ""),
		() =>
			random.pick(["soon", "2024-02-30", "2024-1-5", text.slice(0, 16), raw(`${ms}`), null, "2021-06-01"]),
	])();
}

export const generateProperties = (random) => some(random, PROPERTIES, 0.35);

/** Traits about the time `around` (milliseconds), some of them removed. */
export function generateTraits(random, around) {
	const { renews, ...traits } = some(random, TRAITS, 0.3);
	for (const key of Object.keys(traits)) if (random.chance(0.1)) traits[key] = null;
	if (random.chance(0.4)) traits.renews = time(random, around);
	if (random.chance(0.3)) traits.createdAt = time(random, around - 60 * 24 * HOUR);
	return traits;
}
