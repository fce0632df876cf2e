import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

const { limits, surplusOf } = await load("limits.ts");
const { spillOf } = await load("spill.ts");
const none = new Set();

/** `count` events of so many characters, with keys from `first`. */
const waiting = (count, size = 100, first = 1) =>
	new Map(Array.from({ length: count }, (_, at) => [first + at, "x".repeat(size)]));

test("C14 whatever the store, nothing is given up within the limits; beyond, the oldest, down to the limit", () => {
	for (const kind of ["indexeddb", "localstorage", "memory"]) {
		const first = kind === "localstorage" ? 2 ** 40 : 1;
		const { events, bytes } = limits[kind];
		assert.deepEqual(surplusOf(waiting(events, 1, first), none, kind, true), []);
		assert.deepEqual(surplusOf(waiting(events + 2, 1, first), none, kind, true), [first, first + 1]);
		// Two bytes a character, of the key as well.
		const size = bytes / 20 - 64;
		assert.deepEqual(surplusOf(waiting(10, size, first), none, kind, true), []);
		assert.deepEqual(surplusOf(waiting(13, size, first), none, kind, true), [first, first + 1, first + 2]);
	}
});

test("C14 what is on its way is not given up: it would be counted twice", () => {
	const all = waiting(limits.indexeddb.events + 2);
	assert.deepEqual(surplusOf(all, new Set([1, 3]), "indexeddb", true), [2, 4]);
});

test("C14 a tab that does not send leaves it to the one that does, until that one clearly does not", () => {
	const { events } = limits.indexeddb;
	assert.deepEqual(surplusOf(waiting(events * 2), none, "indexeddb", false), []);
	assert.equal(surplusOf(waiting(events * 2 + 1), none, "indexeddb", false).length, events + 1);
});

test("what localStorage took over from another store is not given up for being too much there", () => {
	const all = new Map([...waiting(5_000), ...waiting(2_001, 1, 2 ** 40)]);
	assert.deepEqual(surplusOf(all, none, "localstorage", true), [2 ** 40]);
});

test("C14 what a page that goes leaves in localStorage is bounded; the oldest stay out, and are counted", () => {
	assert.equal(spillOf([]), undefined);
	assert.equal(spillOf(["a", "b"]), '["a","b"]');
	const events = Array.from({ length: 30 }, (_, i) => `${i} ${"x".repeat(10_000 - 3)}`);
	const [lost, ...kept] = JSON.parse(spillOf(events));
	assert.equal(lost + kept.length, 30);
	assert.deepEqual(kept, events.slice(lost));
	assert.ok(lost > 0 && spillOf(events).length < 260_000, `${lost}`);
	assert.equal(spillOf(["x".repeat(300_000)]), "[1]");
});
