// What the browser sends when the page cannot (`fetchLater`, Chromium 135 and later): an addition to what the journal keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const names = () => at.collector.kept().map(({ event }) => event);

/** Notes what is left with the browser: how many events each, and whether it was taken back. */
function spy() {
	const { fetchLater } = window;
	window.left = [];
	window.fetchLater = (url, options) => {
		const made = {
			events: JSON.parse(options.body).batch.length,
			bytes: options.body.length,
			aborted: false,
		};
		options.signal.addEventListener("abort", () => {
			made.aborted = true;
		});
		const result = fetchLater(url, options);
		window.left.push(made);
		return result;
	};
}
/** Of what is left with the browser at the moment, the number of events. */
const pending = (page) =>
	page.evaluate(() =>
		window.left.filter(({ aborted }) => !aborted).reduce((sum, { events }) => sum + events, 0),
	);
/** Nothing is sent: what the module has, it keeps. */
const hold = (page) =>
	page.evaluate(() => {
		window.ripenHolds = true;
	});

test("this Chromium has fetchLater, so that what follows is tried for real", async () => {
	const page = await at.open();
	assert.equal(await page.evaluate(() => typeof fetchLater), "function");
});

test("C01 given a tab that is killed, then its browser sends what waited; the next page load counts it once", async () => {
	await at.context.addInitScript(spy);
	const page = await at.open();
	await ready(page);
	await hold(page);
	await page.evaluate(() => {
		for (let i = 0; i < 20; i++) window.ripen.track(`e${i}`);
	});
	await until("left with the browser", async () => (await pending(page)) === 20);
	assert.deepEqual(names(), []);
	const session = await at.context.newCDPSession(page);
	session.send("Page.crash").catch(() => {});
	await until("sent for it", () => names().length === 20);
	// It never heard of that, and sends all of it again.
	const next = await at.open();
	await ready(next);
	await next.evaluate(() => window.ripen.flush());
	await until("settled", async () => (await healthOf(next)).waiting === 0);
	assert.equal(at.collector.events.length, 40);
	assert.equal(at.collector.kept().length, 20, "under the same ids");
});

test("C03 what is left with the browser is taken back once the collector has it, and made anew once a second at most", async () => {
	await at.context.addInitScript(spy);
	const page = await at.open({ clock: 1_000_000_000_000 });
	await ready(page);
	await hold(page);
	await until("the chunk has come", () =>
		page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => /deferral/.test(name))),
	);
	const move = (ms) => page.evaluate((ms) => window.clock.move(ms), ms);
	for (let turn = 1; turn <= 5; turn++) {
		await page.evaluate(() => {
			for (let i = 0; i < 100; i++) window.ripen.track("e");
			return new Promise((written) => {
				window.ripen.on("health", ({ waiting }) => waiting && written());
			});
		});
	}
	const before = await page.evaluate(() => window.left.length);
	assert.ok(before <= 1, `${before} without a second having passed`);
	await until("left", async () => {
		await move(1_000);
		return (await pending(page)) > 0;
	});
	const [last] = await page.evaluate(() => window.left.slice(-1));
	assert.ok(last.bytes <= 32 * 1024, `${last.bytes} bytes`);
	await page.evaluate(() => {
		window.ripenHolds = false;
		return window.ripen.flush();
	});
	await until("settled", async () => (await healthOf(page)).waiting === 0);
	await until("taken back", async () => {
		await move(1_000);
		return (await pending(page)) === 0;
	});
	assert.equal(at.collector.events.length, 500, "each once on the wire");
});

test("C01 given a host that has used keepalive up, then what that refused the browser sends later, without a next page load", async () => {
	await at.context.addInitScript(spy);
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		for (const bytes of [60_000, 5_000, 500, 36])
			fetch("/hang", { method: "POST", keepalive: true, body: "x".repeat(bytes) }).catch(() => {});
		window.ripenHolds = true;
		for (let i = 0; i < 20; i++) window.ripen.track(`e${i}`);
	});
	await until("left with the browser", async () => (await pending(page)) === 20);
	await page.evaluate(() => {
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await until("refused, and left again", async () => (await pending(page)) === 20);
	await page.close({ runBeforeUnload: false });
	await until("sent for it", () => names().length === 20);
});

for (const [what, error] of [
	["a quota that the host has used up", "QuotaExceededError"],
	["a policy that forbids it", "NotAllowedError"],
])
	test(`C12 given ${what}, then fetchLater throws, and nobody notices`, async () => {
		await at.context.addInitScript((error) => {
			window.asked = 0;
			window.fetchLater = () => {
				window.asked++;
				throw new DOMException("no", error);
			};
		}, error);
		const page = await at.open();
		await ready(page);
		await hold(page);
		await page.evaluate(() => window.ripen.track("one"));
		await page.waitForFunction(() => window.asked > 0);
		await page.evaluate(() => window.ripen.flush());
		assert.deepEqual(names(), ["one"]);
		assert.deepEqual(await errorsOf(page), []);
		assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
	});

test("C43 given consent that is taken back, then so is what was left with the browser", async () => {
	await at.context.addInitScript(spy);
	const page = await at.open();
	await ready(page);
	await hold(page);
	await page.evaluate(() => {
		for (let i = 0; i < 20; i++) window.ripen.track(`e${i}`);
	});
	await until("left with the browser", async () => (await pending(page)) === 20);
	await page.evaluate(() => window.ripen.setConsent("denied"));
	assert.equal(await pending(page), 0);
	await page.close({ runBeforeUnload: false });
	const next = await at.open();
	await next.evaluate(() => window.ripen.flush());
	assert.deepEqual(names(), []);
});

test("C12 given no fetchLater, or its chunk blocked, then all else is as it was", async () => {
	await at.context.route("**/deferral-*.js", (route) => route.abort());
	const page = await at.open();
	await ready(page);
	const health = await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	assert.equal(health.waiting, 0);
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
	assert.deepEqual(await errorsOf(page), []);
});
