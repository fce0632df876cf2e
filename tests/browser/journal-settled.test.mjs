// The journal alone, where there is no IndexedDB: what other tabs have settled before this one has read it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inStoresPage } from "./stores-site.mjs";

const at = await inStoresPage();

test("localstorage: a page that stays for as long as other tabs settle hundreds of thousands of events goes on", async () => {
	const page = await at.context.newPage();
	await page.addInitScript(() => {
		Object.defineProperty(window, "indexedDB", { value: undefined });
	});
	await page.goto(`${at.origin}/stores.html`);
	await page.waitForFunction(() => window.openJournal);
	const found = await page.evaluate(async () => {
		const { journal, unwritten, warned } = window.openJournal();
		await journal.append();
		const step = 2 ** 20;
		for (let many = 0; many < 200; many++) {
			const keys = Array.from({ length: 1_000 }, (_, at) => (many * 1_000 + at + 10) * step);
			await journal.catchUp(keys);
		}
		unwritten.push(window.row("after").json);
		await journal.append();
		const waiting = [...journal.waiting.values()].map((json) => JSON.parse(json).event);
		// What was settled just now is not sent, though it is read only now; as often as it comes.
		const [late] = [...journal.waiting.keys()].map((key) => key + 5 * step);
		await journal.catchUp([late]);
		localStorage.setItem(`ripen:wk:row:${late}:other`, window.row("settled").json);
		await journal.catchUp();
		await journal.catchUp();
		return { store: journal.store, warned: warned.slice(0, 1), waiting, after: journal.waiting.size };
	});
	assert.deepEqual(found, { store: "localstorage", warned: [], waiting: ["after"], after: 1 });
});
