// The one quota that all keepalive requests of a page share, the host's too: 64 KiB in flight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openBareTab } from "./bare-tab.mjs";
import { errorsOf, healthOf, inChromium, until } from "./browser.mjs";

const at = inChromium({ dist: fileURLToPath(new URL("../../js/dist", import.meta.url)) });
const strict = "default-src 'self'; script-src 'self'; style-src 'self'";
const names = () => at.collector.kept().map(({ event }) => event);

/** Notes each request of the page: keepalive, its size, whether it is answered, and what became of it. */
function spy() {
	const { fetch } = window;
	window.requests = [];
	window.fetch = (url, options = {}) => {
		const request = {
			url: String(url),
			keepalive: options.keepalive,
			bytes: options.body?.length ?? 0,
			says: `${options.body}`.includes('{"way":"keepalive"}'),
			open: true,
		};
		window.requests.push(request);
		const answer = fetch(url, options);
		answer.then(
			() => Object.assign(request, { open: false }),
			(error) => Object.assign(request, { open: false, error: error.name }),
		);
		return answer;
	};
}
const batches = (page) => page.evaluate(() => window.requests.filter(({ url }) => url.endsWith("/v1/batch")));
/** The host's own beacons: nothing is left of the quota. */
const useUp = (page) =>
	page.evaluate(() => {
		for (const bytes of [60_000, 5_000, 500, 36])
			fetch("/hang", { method: "POST", keepalive: true, body: "x".repeat(bytes) }).catch(() => {});
	});
const withoutFetchLater = () => at.context.addInitScript(() => delete window.fetchLater);
/** As the browser tells it, but here: twice in a row, with nothing answered in between. */
const hide = (page) =>
	page.evaluate(() => {
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
		dispatchEvent(new PageTransitionEvent("pagehide"));
	});
const show = (page) =>
	page.evaluate(() => {
		delete document.hidden;
		dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
		document.dispatchEvent(new Event("visibilitychange"));
	});

for (const wasm of [true, false])
	test(`C01 C03 given ${wasm ? "the machine" : "no wasm"}, much that waits and much that is not written, then hiding takes half the quota at most, twice in a row too`, async () => {
		if (!wasm) at.collector.csp = strict;
		await at.context.addInitScript(spy);
		let release;
		const held = new Promise((resolve) => {
			release = resolve;
		});
		at.collector.answer = async () => {
			await held;
			return { status: 200 };
		};
		const page = await at.open({ playbook: {} });
		await page.waitForFunction(() => window.ripen.health().engine !== "loading");
		const text = "x".repeat(700);
		await page.evaluate((text) => {
			for (let i = 0; i < 300; i++) window.ripen.track("waits", { text });
			window.ripen.flush();
		}, text);
		await until("a batch is in flight", async () => (await batches(page)).length > 0);
		// Nothing of this turn has been written when the page hides.
		await page.evaluate((text) => {
			for (let i = 0; i < 300; i++) window.ripen.track("unwritten", { text });
		}, text);
		await hide(page);
		await page.evaluate((text) => {
			for (let i = 0; i < 20; i++) window.ripen.track("in_the_handler", { text });
		}, text);
		await hide(page);
		const flying = (await batches(page)).filter(({ keepalive, open }) => keepalive && open);
		const bytes = flying.reduce((sum, { bytes }) => sum + bytes, 0);
		assert.ok(bytes <= 32 * 1024, `${bytes} in ${flying.length} requests`);
		assert.ok(bytes > 20 * 1024, `${bytes} only`);
		assert.ok(flying.every(({ bytes }) => bytes <= 8 * 1024));
		assert.ok(flying.filter(({ says }) => says).length >= flying.length - 1, "all but the core's own say so");
		release();
		await show(page);
		const before = (await batches(page)).length;
		await page.evaluate(() => window.ripen.flush());
		await until("all arrive", async () => (await healthOf(page)).waiting === 0);
		assert.ok((await batches(page)).slice(before).every(({ keepalive, says }) => !keepalive && !says));
		// Beside what Ripen itself concludes from them.
		assert.equal(names().filter((name) => !name.startsWith("$")).length, 620);
		assert.deepEqual(await errorsOf(page), []);
	});

test("C01 given a host that has used the quota up, when the page goes, then nothing is lost: the next page load has it", async () => {
	await withoutFetchLater();
	const page = await at.open();
	await page.evaluate(() => window.ripen.flush());
	await useUp(page);
	await page.evaluate(() => {
		for (let i = 0; i < 30; i++) window.ripen.track(`e${i}`);
	});
	await page.goto("about:blank");
	await at.free();
	const next = await at.open();
	assert.equal((await next.evaluate(() => window.ripen.flush())).waiting, 0);
	assert.deepEqual(
		names(),
		Array.from({ length: 30 }, (_, i) => `e${i}`),
	);
});

test("C01 given a used-up quota and a page that lives on hidden, then the refusal is seen, and it goes as any other request", async () => {
	await at.context.addInitScript(spy);
	await withoutFetchLater();
	const page = await at.open({ clock: 1_000_000_000_000 });
	await page.evaluate(() => window.ripen.flush());
	await useUp(page);
	await page.evaluate(() => {
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
		window.ripen.track("hidden");
	});
	await until("refused", async () => (await batches(page)).some(({ error }) => error === "TypeError"));
	// After its pause, and the time in which a hidden page may be going.
	await until("sent", async () => {
		await page.evaluate(() => window.clock.move(1_000));
		return names().includes("hidden");
	});
	const [last] = (await batches(page)).slice(-1);
	assert.deepEqual([last.keepalive, last.error], [false, undefined]);
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual((await healthOf(page)).dropped, {});
	assert.deepEqual(await errorsOf(page), []);
});

test("C05 what goes as the page hides, before it has a key, is settled by its answer and not sent again", async () => {
	const page = await at.open();
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => {
		for (let i = 0; i < 10; i++) window.ripen.track(`e${i}`);
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	await show(page);
	await page.evaluate(() => window.ripen.flush());
	assert.equal((await healthOf(page)).delivered, 10);
	assert.equal(at.collector.events.length, 10, "each once on the wire");
});

test("C05 a page that hides twice in a row, with nothing answered in between, sends nothing twice", async () => {
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.answer = async () => {
		await held;
		return { status: 200 };
	};
	const page = await at.open();
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => {
		for (let i = 0; i < 10; i++) window.ripen.track(`e${i}`);
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
		document.dispatchEvent(new Event("visibilitychange"));
		document.dispatchEvent(new Event("freeze"));
	});
	await until("in flight", () => at.collector.requests.some(({ batch }) => batch));
	release();
	await show(page);
	await page.evaluate(() => window.ripen.flush());
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	assert.equal(at.collector.events.length, 10);
});

test("C02 C05 given a collector that rejects some of what goes as the page hides, then that is counted, once", async () => {
	at.collector.answer = ({ batch }) => ({
		status: 200,
		body: {
			rejected: batch
				.filter(({ event }) => event === "bad")
				.map(({ messageId }) => ({ messageId, code: "no", message: "not this" })),
		},
	});
	const page = await at.open();
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => {
		for (const name of ["good", "bad", "good"]) window.ripen.track(name);
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	const { delivered, dropped } = await healthOf(page);
	assert.deepEqual([delivered, dropped], [2, { rejected: 1 }]);
});

test("C02 C05 given an answer that comes while the journal is read anew, then what it settles is not sent, nor counted, again", async () => {
	let release = () => {};
	let held = Promise.resolve();
	const holdAnswers = () => {
		held = new Promise((resolve) => {
			release = resolve;
		});
	};
	at.collector.answer = async ({ batch }) => {
		await held;
		const bad = batch.filter(({ event }) => event === "bad");
		return {
			status: 200,
			body: { rejected: bad.map(({ messageId }) => ({ messageId, code: "no", message: "not this" })) },
		};
	};
	// As the database does it: what reads is done before what writes. But it is known here only as that begins.
	await at.context.addInitScript(() => {
		const { getAll, put } = IDBObjectStore.prototype;
		window.reads = { hold: false, held: [] };
		IDBObjectStore.prototype.getAll = function (range) {
			const { transaction } = this;
			if (window.reads.hold && this.name === "events" && range.lower === 0) {
				const { oncomplete } = transaction;
				transaction.oncomplete = () => window.reads.held.push(oncomplete);
			}
			return getAll.call(this, range);
		};
		IDBObjectStore.prototype.put = function (value, ...key) {
			if (value.sent) {
				window.reads.hold = false;
				for (const complete of window.reads.held.splice(0)) complete();
			}
			return put.call(this, value, ...key);
		};
	});
	const page = await at.open();
	await page.evaluate(() => {
		// What is read after it is not read from the beginning.
		window.ripen.track("good");
		return window.ripen.flush();
	});
	holdAnswers();
	await page.evaluate(() => {
		window.reads.hold = true;
		for (const name of ["good", "bad", "good"]) window.ripen.track(name);
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await page.waitForFunction(() => window.reads.held.length > 0);
	release();
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	await page.evaluate(() => window.ripen.flush());
	const { delivered, dropped } = await healthOf(page);
	assert.deepEqual([delivered, dropped], [3, { rejected: 1 }]);
	assert.equal(at.collector.events.length, 4, "each once on the wire");
});

test("C03 a tab in the background that goes on, and one that is shown again, send as any page does", async () => {
	const url = `${at.origin}/?init=${encodeURIComponent("{}")}`;
	const tab = await openBareTab(at.context.browser(), url);
	await until("there", () => tab.evaluate(() => window.ripen !== undefined));
	await tab.evaluate(spy);
	await tab.freeze();
	await tab.resume();
	await tab.show();
	await until("visible", () => tab.evaluate(() => !document.hidden));
	await tab.evaluate(() => {
		window.requests.length = 0;
		for (let i = 0; i < 5; i++) window.ripen.track(`e${i}`);
		return window.ripen.flush();
	});
	await until("sent", () => names().length === 5);
	const sent = await batches(tab);
	assert.ok(sent.length > 0 && sent.every(({ keepalive }) => !keepalive));
	await tab.closeAll();
});
