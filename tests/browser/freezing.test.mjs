// Page Lifecycle: a tab in the background is frozen, and goes on, or is discarded without another word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBareTab } from "./bare-tab.mjs";
import { inChromium, until } from "./browser.mjs";

const at = inChromium();
const names = () => at.collector.kept().map(({ event }) => event);

async function open(neighbour, init = {}) {
	const url = `${at.origin}/?init=${encodeURIComponent(JSON.stringify(init))}`;
	const tab = await openBareTab(at.context.browser(), url, neighbour);
	await until("ready", () => tab.evaluate(() => window.ripen?.health().engine === "ready"));
	return tab;
}
const spilled = (tab) =>
	tab.evaluate(() =>
		Object.entries(localStorage)
			.filter(([key]) => /spill/.test(key))
			.flatMap(([, value]) => JSON.parse(value).map((json) => JSON.parse(json).event)),
	);
const health = (tab) => tab.evaluate(() => window.ripen.health());

test("C04 before a tab is frozen, long hidden, what is not written is spilled and sent; nothing of that is sent again", async () => {
	const tab = await open(undefined, { clock: 1_000_000_000_000 });
	await tab.evaluate(() => {
		window.heard = [];
		for (const name of ["freeze", "resume"]) document.addEventListener(name, () => window.heard.push(name));
		// Before ours, and after.
		addEventListener("freeze", () => window.ripen.track("before"), true);
		document.addEventListener("freeze", async () => {
			window.ripen.track("after");
			// To the end of the turn, however it is reached: no other comes before the tab is frozen.
			for (let microtasks = 0; microtasks < 10; microtasks++) await undefined;
			const [[, events]] = Object.entries(localStorage).filter(([key]) => /spill/.test(key));
			window.spilledThen = JSON.parse(events).map((json) => JSON.parse(json).event);
		});
	});
	await tab.hide();
	await until("hidden", () => tab.evaluate(() => document.hidden));
	await tab.evaluate(() => window.clock.move(60_000));
	await tab.freeze();
	await until("sent", () => names().length === 2);
	await tab.resume();
	await until("heard", () => tab.evaluate(() => window.heard.length === 2));
	assert.deepEqual(await tab.evaluate(() => window.heard), ["freeze", "resume"]);
	assert.deepEqual(await tab.evaluate(() => window.spilledThen), ["before", "after"]);
	assert.equal(await tab.evaluate(() => document.hidden), true, "resumed, and still hidden");
	await until("settled", async () => (await health(tab)).waiting === 0);
	await tab.evaluate(() => {
		window.ripen.track("later");
		return window.ripen.flush();
	});
	await until("goes on", () => names().includes("later"));
	assert.deepEqual(names(), ["before", "after", "later"]);
	assert.equal(at.collector.events.length, 3, "each once on the wire");
	assert.deepEqual(await spilled(tab), []);
	assert.equal((await health(tab)).delivered, 3);
	await tab.closeAll();
});

test("C10 C15 a frozen tab stands in nobody's way: another sends, and it goes on with what that left", async () => {
	const tab = await open();
	const other = await open(tab);
	await tab.freeze();
	const alone = await other.evaluate(() => {
		window.ripen.track("meanwhile");
		return window.ripen.flush();
	});
	assert.deepEqual([alone.waiting, alone.delivered], [0, 1], "the other one sends");
	await other.close();
	await tab.resume();
	await tab.show();
	const after = await tab.evaluate(() => {
		window.ripen.track("after");
		return window.ripen.flush();
	});
	assert.deepEqual([after.waiting, after.delivered], [0, 1]);
	// What the other one folded, and took out of the journal, is part of its view too.
	await until("it knows", async () => {
		const view = await tab.evaluate(() => window.ripen.view());
		return `${view?.names}` === "meanwhile,after";
	});
	assert.deepEqual(names(), ["meanwhile", "after"]);
	await tab.closeAll();
});

test("C14 frozen and resumed many times, a tab keeps its locks, one sender and one timer", async () => {
	const tab = await open();
	for (let i = 0; i < 10; i++) {
		await tab.freeze();
		await tab.resume();
	}
	await tab.show();
	await tab.evaluate(() => {
		window.ripen.track("once");
		return window.ripen.flush();
	});
	const locks = () =>
		tab.evaluate(async () => {
			const { held, pending } = await navigator.locks.query();
			return [held.length, pending.length];
		});
	assert.deepEqual(names(), ["once"]);
	await until("nothing is to be sent, so it has none", async () => `${await locks()}` === "0,0");
	at.collector.down = true;
	await tab.evaluate(() => {
		window.ripen.track("twice");
		return window.ripen.flush();
	});
	// Of who sends, and of what the tab may have spilled.
	assert.deepEqual(await locks(), [2, 0]);
	await tab.closeAll();
});
