// The journal alone: what this tab has written is not read again, and what another wrote in between is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inStoresPage } from "./stores-site.mjs";

const at = await inStoresPage();

test("given one tab, then what it writes is not read again; given two, then both have all, in one order", async () => {
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/stores.html`);
	await page.waitForFunction(() => window.openJournal);
	const found = await page.evaluate(async () => {
		let reads = 0;
		const { getAll } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.getAll = function (...given) {
			reads++;
			return getAll.apply(this, given);
		};
		const write = async ({ journal, unwritten }, ...names) => {
			unwritten.push(...names.map((name) => window.row(name).json));
			await journal.append();
		};
		const namesOf = ({ journal }) => [...journal.waiting.values()].map((json) => JSON.parse(json).event);
		const one = window.openJournal();
		await write(one, "first");
		const before = reads;
		await write(one, "second", "third");
		await write(one, "fourth");
		const between = reads - before;
		// It hears nothing of this.
		const other = window.openJournal();
		await write(other, "of another");
		await write(one, "fifth");
		await other.journal.catchUp();
		const folded = one.journal.log.map(({ json }) => JSON.parse(json).event);
		return { between, one: namesOf(one), other: namesOf(other), folded, warned: one.warned };
	});
	const all = ["first", "second", "third", "fourth", "of another", "fifth"];
	assert.deepEqual(found, { between: 0, one: all, other: all, folded: all, warned: [] });
});
