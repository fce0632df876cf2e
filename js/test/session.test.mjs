import assert from "node:assert/strict";
import { test } from "node:test";
import { load, memoryStorage } from "./bundle.mjs";

const { sessionAt } = await load("session.ts");
const { forgetIds, personOf, readIds, writeIds } = await load("identity.ts");
const minute = 60_000;

test("C16 a session ends after 30 idle minutes, and not before", () => {
	const local = memoryStorage();
	const first = sessionAt(local, 0);
	assert.equal(sessionAt(local, 29 * minute), first);
	assert.equal(sessionAt(local, 58 * minute), first, "each event keeps it alive");
	const second = sessionAt(local, 88 * minute);
	assert.notEqual(second, first);
});

test("C16 what another tab did counts: the session is read anew before it is rotated", () => {
	const shared = memoryStorage();
	const first = sessionAt(shared, 0);
	const otherTab = { get: shared.get, set: shared.set };
	assert.equal(sessionAt(otherTab, 20 * minute), first);
	assert.equal(sessionAt(shared, 45 * minute), first);
	const rotated = sessionAt(otherTab, 100 * minute);
	assert.equal(sessionAt(shared, 101 * minute), rotated);
});

test("C16 tabs that rotate it at one instant, each before it hears of the other, have the same one", () => {
	const [one, other] = [memoryStorage(), memoryStorage()];
	other.set("session", `${sessionAt(one, 0)} 0`);
	const seen = new Set();
	for (let turn = 1; turn <= 20; turn++) {
		const session = sessionAt(one, turn * 31 * minute);
		assert.equal(sessionAt(other, turn * 31 * minute), session);
		seen.add(session);
	}
	assert.equal(seen.size, 20, "and each is another one");
});

test("C16 C19 however the clock jumps, a session begins once, and ends", () => {
	const local = memoryStorage();
	const year = 365 * 24 * 60 * minute;
	let now = 10 * year;
	for (const jump of [-3 * year, 5 * year, -5 * year, -31 * minute, 31 * minute]) {
		const before = sessionAt(local, now);
		now += jump;
		const session = sessionAt(local, now);
		assert.notEqual(session, before);
		assert.equal(sessionAt(local, now + 1_000), session);
		assert.equal(sessionAt(local, now + 29 * minute), session);
		now += 60 * minute;
		assert.notEqual(sessionAt(local, now), session);
	}
});

test("C16 a small step back ends no session, nor makes it last", () => {
	const local = memoryStorage();
	const session = sessionAt(local, 100 * minute);
	assert.equal(sessionAt(local, 90 * minute), session);
	assert.equal(sessionAt(local, 119 * minute), session);
	assert.notEqual(sessionAt(local, 150 * minute), session);
});

test("C16 damage to the store begins a session", () => {
	const local = memoryStorage();
	for (const damaged of ["", "abc", "abc def", " 5", "abc Infinity"]) {
		local.set("session", damaged);
		const session = sessionAt(local, 1_000);
		assert.match(session, /^\S+$/);
		assert.equal(sessionAt(local, 5_000), session);
	}
});

test("C20 ids survive a reload, and in a page that knew them damage to the store, which else makes a new anonymous person", () => {
	const local = memoryStorage();
	const ids = readIds(local);
	assert.match(ids.anonymousId, /.{20,}/);
	assert.deepEqual(readIds(local), ids);
	writeIds(local, { ...ids, userId: "ada" });
	assert.equal(personOf(readIds(local)), "ada");
	const anew = forgetIds(local);
	assert.notEqual(anew.anonymousId, ids.anonymousId);
	assert.equal(readIds(local).userId, undefined);
	writeIds(local, { ...anew, userId: "ada" });
	readIds(local);
	local.set("ids", "{damaged");
	assert.deepEqual(readIds(local), { anonymousId: anew.anonymousId }, "who was signed in is not any more");
	const reloaded = memoryStorage();
	reloaded.set("ids", "{damaged");
	assert.notEqual(readIds(reloaded).anonymousId, anew.anonymousId);
});
