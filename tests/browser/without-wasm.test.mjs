import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const names = () => at.collector.kept().map((event) => event.event);
const strict = "default-src 'self'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

test("C26 given a CSP without 'wasm-unsafe-eval', then events are stored and delivered, and health says why", async () => {
	at.collector.csp = strict;
	const page = await at.open();
	const health = await page.evaluate(() => {
		window.ripen.track("one");
		window.ripen.track("two");
		return window.ripen.flush();
	});
	assert.equal(health.engine, "unavailable");
	assert.equal(health.store, "indexeddb");
	assert.equal(health.delivered, 2);
	assert.deepEqual(names(), ["one", "two"]);
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "wasm_unavailable"));
	assert.deepEqual(await errorsOf(page), []);
	const left = await page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const request = target.result.transaction("events").objectStore("events").count();
					request.onsuccess = () => resolve(request.result);
				};
			}),
	);
	assert.equal(left, 0, "nothing will fold them: what is acknowledged goes");
});

test("C26 given no wasm and no collector, when the page comes back with one, then the events arrive under their ids", async () => {
	at.collector.csp = strict;
	at.collector.down = true;
	const page = await at.open();
	const message = await page.evaluate(async () => {
		const message = new Promise((resolve) => window.ripen.on("event", resolve));
		window.ripen.track("early");
		await window.ripen.flush();
		return message;
	});
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	// A try of before may be the one that fails.
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(
		at.collector.kept().map(({ messageId }) => messageId),
		[message.messageId],
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("C07 given a batch that the server calls bad, then it is halved until the bad event is alone", async () => {
	at.collector.csp = strict;
	at.collector.answer = ({ batch }) => ({ status: batch.some(({ event }) => event === "bad") ? 400 : 200 });
	const page = await at.open();
	await page.evaluate(() => {
		for (const name of ["a", "b", "bad", "c", "d"]) window.ripen.track(name);
		return window.ripen.flush();
	});
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names().sort(), ["a", "b", "c", "d"]);
	assert.deepEqual((await healthOf(page)).dropped, { refused: 1 });
});

test("given a module that comes late, then what was sent before is folded too, and nothing is sent twice", async () => {
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	await at.context.route("**/wasm/ripen.js", async (route) => {
		await held;
		await route.continue();
	});
	const page = await at.open();
	await page.evaluate(() => {
		window.ripen.track("plain");
		return window.ripen.flush();
	});
	assert.equal((await healthOf(page)).engine, "loading");
	assert.deepEqual(names(), ["plain"]);
	release();
	await ready(page);
	await page.waitForFunction(() => window.ripen.view()?.names.includes("plain"));
	await page.evaluate(() => {
		window.ripen.track("machine");
		return window.ripen.flush();
	});
	assert.deepEqual(names(), ["plain", "machine"]);
});

test("given a module that cannot be loaded, then delivery goes on and nothing throws", async () => {
	await at.context.route("**/wasm/ripen.js", (route) => route.abort());
	const page = await at.open();
	const health = await page.evaluate(async () => {
		window.ripen.track("one");
		await new Promise((resolve) => {
			window.ripen.on("health", ({ engine }) => engine === "unavailable" && resolve());
		});
		return window.ripen.flush();
	});
	assert.equal(health.engine, "unavailable");
	assert.deepEqual(names(), ["one"]);
	assert.deepEqual(await errorsOf(page), []);
});
