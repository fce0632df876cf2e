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

test("C20 ids survive a reload, and damage to the store only makes a new anonymous person", () => {
	const local = memoryStorage();
	const ids = readIds(local);
	assert.match(ids.anonymousId, /.{20,}/);
	assert.deepEqual(readIds(local), ids);
	writeIds(local, { ...ids, userId: "ada" });
	assert.equal(personOf(readIds(local)), "ada");
	const anew = forgetIds(local);
	assert.notEqual(anew.anonymousId, ids.anonymousId);
	assert.equal(readIds(local).userId, undefined);
	local.set("ids", "{damaged");
	assert.notEqual(readIds(local).anonymousId, anew.anonymousId);
});
