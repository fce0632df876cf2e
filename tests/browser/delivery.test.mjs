import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const names = () => at.collector.kept().map((event) => event.event ?? event.type);
const ids = () => at.collector.kept().map((event) => event.messageId);

test("given an engine, when events are tracked, then the collector has each once, in order", async () => {
	const page = await at.open();
	await ready(page);
	const health = await page.evaluate(() => {
		for (let i = 0; i < 50; i++) window.ripen.track(`e${i}`, { i });
		return window.ripen.flush();
	});
	assert.equal(health.store, "indexeddb");
	assert.equal(health.waiting, 0);
	assert.equal(health.delivered, 50);
	assert.deepEqual(
		names(),
		Array.from({ length: 50 }, (_, i) => `e${i}`),
	);
	assert.equal(at.collector.events.length, 50, "each once on the wire");
	assert.deepEqual([...ids()].sort(), ids(), "ids of a stream sort in the order of time");
	assert.deepEqual(
		at.collector.kept().map((event) => event.context.sequence),
		Array.from({ length: 50 }, (_, i) => i),
	);
});

test("C02 a batch is CORS-simple: text/plain, no credentials, the key in the body", async () => {
	const page = await at.open();
	await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	const [{ method, headers, batch }] = at.collector.requests.filter(({ batch }) => batch);
	assert.equal(method, "POST");
	assert.match(headers["content-type"], /^text\/plain/);
	assert.equal(headers.cookie, undefined);
	assert.equal(batch.writeKey, "wk");
	assert.equal(batch.context.library.name, "ripen");
});

test("C08 C12 given no collector, when the page is reloaded and it is back, then every event arrives, once", async () => {
	at.collector.down = true;
	const page = await at.open();
	const before = await page.evaluate(() => {
		for (let i = 0; i < 5; i++) window.ripen.track(`e${i}`);
		return window.ripen.flush();
	});
	assert.equal(before.waiting, 5);
	assert.equal(before.connection, "retrying");
	assert.deepEqual(await errorsOf(page), []);
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	// Not before: what goes by keepalive at the reload would arrive, and again under the same ids.
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("all delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names(), ["e0", "e1", "e2", "e3", "e4"]);
});

test("C15 given two tabs, then one sends what both track, and each event arrives once", async () => {
	const [one, two] = [await at.open(), await at.open()];
	await Promise.all([ready(one), ready(two)]);
	await Promise.all(
		[one, two].map((page, tab) =>
			page.evaluate((tab) => {
				for (let i = 0; i < 20; i++) window.ripen.track(`tab${tab}`);
				return window.ripen.flush();
			}, tab),
		),
	);
	for (const page of [one, two]) await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.equal(names().length, 40);
	assert.equal(at.collector.events.length, 40, "each once on the wire");
	const [first, second] = [await healthOf(one), await healthOf(two)];
	// One at a time: who has sent all gives the lock to whoever has something next.
	assert.equal(first.delivered + second.delivered, 40);
});

test("C15 given two tabs, when the one that sends closes, then the other takes over", async () => {
	const [one, two] = [await at.open(), await at.open()];
	await Promise.all([ready(one), ready(two)]);
	await one.close();
	const health = await two.evaluate(() => {
		window.ripen.track("after");
		return window.ripen.flush();
	});
	assert.equal(health.delivered, 1);
	assert.deepEqual(names(), ["after"]);
});

test("C04 C09 given events tracked as the page hides, then they go by keepalive at once, and none is lost", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		document.addEventListener("visibilitychange", () => window.ripen.track("at_hide"));
		addEventListener("pagehide", () => window.ripen.track("at_pagehide"));
	});
	await page.goto("about:blank");
	await until("both arrive", () => names().includes("at_pagehide"));
	// The journal may still hold them: the next page load sends again under the same ids.
	const next = await at.open();
	await ready(next);
	await next.evaluate(() => window.ripen.flush());
	assert.equal((await healthOf(next)).waiting, 0);
	const arrived = new Map(at.collector.events.map((event) => [event.event, new Set()]));
	for (const { event, messageId } of at.collector.events) arrived.get(event).add(messageId);
	for (const [event, set] of arrived) assert.equal(set.size, 1, `${event} has one id`);
});

test("C13 given no IndexedDB, then events wait in localStorage, are delivered, and health says so", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "indexedDB", { value: undefined });
	});
	const page = await at.open();
	await ready(page);
	const health = await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	assert.deepEqual([health.store, health.storage, health.delivered], ["localstorage", "unavailable", 1]);
	await page.waitForFunction(() => window.seen.warnings.length);
	assert.deepEqual(await page.evaluate(() => window.seen.warnings.map(({ code }) => code)), [
		"storage_unavailable",
	]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C13 C20 given localStorage that throws and a database that fails midway, then nothing reaches the host", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "localStorage", {
			get() {
				throw new DOMException("denied", "SecurityError");
			},
		});
	});
	const page = await at.open();
	await ready(page);
	const health = await page.evaluate(async () => {
		window.ripen.track("before");
		await window.ripen.flush();
		IDBDatabase.prototype.transaction = () => {
			throw new DOMException("full", "QuotaExceededError");
		};
		window.ripen.track("after");
		return window.ripen.flush();
	});
	assert.equal(health.store, "memory");
	assert.equal(health.waiting, 0);
	assert.deepEqual(names(), ["before", "after"]);
	assert.equal(new Set(at.collector.events.map((event) => event.anonymousId)).size, 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("given events that the collector rejects within a 200, then they are dropped, counted and warned of", async () => {
	at.collector.answer = ({ batch }) => ({
		status: 200,
		body: {
			rejected: batch
				.map(({ event, messageId }, index) => ({ index, event, messageId, code: "no", message: "not this" }))
				.filter(({ event }) => event === "bad"),
		},
	});
	const page = await at.open();
	await ready(page);
	const health = await page.evaluate(() => {
		window.ripen.track("good");
		window.ripen.track("bad");
		return window.ripen.flush();
	});
	assert.equal(health.waiting, 0);
	assert.equal(health.delivered, 1);
	assert.deepEqual(health.dropped, { rejected: 1 });
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "rejected"));
});

test("C13 given no IndexedDB and no collector, when the page goes, then what waits survives in localStorage", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "indexedDB", { value: undefined });
	});
	at.collector.down = true;
	const page = await at.open();
	await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names(), ["one"]);
	const spilled = () => page.evaluate(() => Object.keys(localStorage).filter((key) => /spill/.test(key)));
	assert.deepEqual(await spilled(), []);
});

test("C04 given events that IndexedDB has not written when the page goes, then the next page load has them", async () => {
	const page = await at.open();
	await ready(page);
	at.collector.down = true;
	const id = await page.evaluate(() => {
		const store = { add() {}, getAll() {} };
		IDBDatabase.prototype.transaction = () => ({ objectStore: () => store });
		const message = new Promise((resolve) => window.ripen.on("event", resolve));
		window.ripen.track("unwritten");
		return message.then(({ messageId }) => messageId);
	});
	await page.goto("about:blank");
	// It also tried to send it, beside what the journal has.
	await until("tried", () => at.collector.requests.some(({ batch }) => batch?.batch[0].messageId === id));
	const next = await at.open();
	await ready(next);
	at.collector.down = false;
	await next.evaluate(() => window.ripen.flush());
	// A try of before may be the one that fails.
	await until("delivered", async () => (await healthOf(next)).delivered === 1);
	assert.deepEqual(ids(), [id]);
});

test("at the end of each turn it is stored how many events were taken, so that what a kill takes away is missed", async () => {
	const page = await at.open();
	await ready(page);
	const taken = await page.evaluate(async () => {
		// Nothing is sent, which would store it too.
		window.ripenHolds = true;
		const counts = [];
		for (const name of ["a", "b", "c"]) {
			window.ripen.track(name);
			await new Promise((resolve) => queueMicrotask(resolve));
			const [key] = Object.keys(localStorage).filter((key) => key.startsWith("ripen:wk:stream:"));
			counts.push(JSON.parse(localStorage[key]).taken);
		}
		return counts;
	});
	assert.deepEqual(taken, [1, 2, 3]);
});
