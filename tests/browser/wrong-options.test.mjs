// `init` with options that are none of what they may be, in the build that is shipped: nothing throws, nobody has agreed by
// it, nothing leaves by it. The development build says more: js/test/options.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, setHidden, until } from "./browser.mjs";
import { storedBy } from "./stored.mjs";

const at = inChromium();
const codes = (page) => page.evaluate(() => window.seen.warnings.map(({ code }) => code));
/** A Ripen of its own, which has not been started. */
const fresh = (page) =>
	page.evaluate(async () => {
		window.own = await import("/slim.js?own");
		window.told = [];
		window.start = (options) =>
			window.own.init({ writeKey: "own", onWarning: (warning) => window.told.push(warning), ...options });
	});

for (const consent of ["yes", null, true])
	test(`C43 the consent ${consent} is none: it warns, and nothing is stored or sent until there is one`, async () => {
		const page = await at.open({ consent });
		await page.evaluate(() => {
			window.ripen.track("e");
			// With the keeper there, which would store and send.
			return window.ripen.explain();
		});
		await setHidden(page, true);
		assert.deepEqual(await storedBy(page), {});
		assert.deepEqual(at.collector.requests, []);
		await page.waitForFunction(() => window.seen.warnings.length);
		assert.deepEqual(await codes(page), ["bad_consent"]);
		await setHidden(page, false);
		await page.evaluate(() => {
			window.ripen.setConsent("granted");
			return window.ripen.flush();
		});
		await until("delivered", async () => (await healthOf(page)).waiting === 0);
		assert.deepEqual(
			at.collector.kept().map(({ event }) => event),
			["e"],
		);
		assert.deepEqual(await errorsOf(page), []);
	});

test("C42 a mode that is none lets nothing leave", async () => {
	const page = await at.open({ mode: "evnts" });
	await page.evaluate(() => {
		window.ripen.track("e");
		return window.ripen.flush();
	});
	assert.equal((await healthOf(page)).taken, 1);
	assert.deepEqual(at.collector.kept(), []);
	assert.deepEqual(await errorsOf(page), []);
});

test("C12 a clock that is none warns, and the system's goes on: events arrive, and nothing throws when the page hides", async () => {
	const page = await at.open();
	await fresh(page);
	const health = await page.evaluate(() => {
		window.own.track("before");
		window.start({ clock: {} });
		window.own.track("after");
		return window.own.flush();
	});
	assert.equal(health.delivered, 2);
	await setHidden(page, true);
	assert.deepEqual(await page.evaluate(() => window.told.map(({ code }) => code)), ["bad_option"]);
	assert.match(await page.evaluate(() => window.told[0].message), /clock/);
	const [{ timestamp }] = at.collector.kept();
	assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000, timestamp);
	assert.deepEqual(await errorsOf(page), []);
});

test("debug() before init waits for it", async () => {
	const page = await at.open();
	await fresh(page);
	await page.evaluate(() => {
		window.own.debug();
		window.start({});
		window.own.track("e");
	});
	await page.locator("ripen-debug").waitFor({ state: "attached" });
	assert.deepEqual(await page.evaluate(() => window.told), []);
});
