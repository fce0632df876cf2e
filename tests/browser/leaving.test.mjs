// The page is gone before Ripen is whole, or while it hides: what was tracked arrives all the same, once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const never = () => new Promise(() => {});
const chunks = { keeper: "**/keeper-*.js", engine: "**/engine-*.js", wasm: "**/wasm/ripen.js" };
const names = () => at.collector.kept().map(({ event }) => event);
const fifty = Array.from({ length: 50 }, (_, i) => `e${i}`);
const trackFifty = () => {
	for (let i = 0; i < 50; i++) window.ripen.track(`e${i}`, { i });
};
/** A later page load, of which nothing is held back; all that was left goes. */
async function later() {
	await at.context.unrouteAll();
	await at.free();
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.flush());
	await until("all is sent", async () => (await healthOf(page)).waiting === 0);
	const spilled = () =>
		page.evaluate(() => Object.keys(localStorage).filter((key) => /spill/.test(key)).length);
	await until("nothing is left over", async () => (await spilled()) === 0);
	assert.deepEqual(await errorsOf(page), []);
	return page;
}

const leave = {
	"location.assign": (page) => page.evaluate(() => location.assign("/elsewhere.txt")),
	"a link": (page) =>
		page.evaluate(() => {
			document.body.insertAdjacentHTML("beforeend", '<a href="/elsewhere.txt">Checkout</a>');
			document.querySelector("a").click();
		}),
	"a form": (page) =>
		page.evaluate(() => {
			document.body.insertAdjacentHTML("beforeend", '<form action="/elsewhere.txt"></form>');
			document.querySelector("form").requestSubmit();
		}),
	"closing the tab": (page) => page.close({ runBeforeUnload: false }),
};

for (const [part, pattern] of Object.entries(chunks))
	for (const [how, go] of Object.entries(leave))
		test(`C08 given ${part} that never comes, 50 events, and leaving at once by ${how}, then each arrives`, async () => {
			await at.context.route(pattern, never);
			const page = await at.open();
			if (part !== "keeper") await page.evaluate(() => window.ripen.flush());
			// In one turn, as a click handler does it.
			if (page.isClosed()) throw new Error("gone");
			await page.evaluate(trackFifty);
			const gone = how !== "closing the tab" && page.waitForURL("**/elsewhere.txt*", { waitUntil: "commit" });
			await go(page);
			await gone;
			await later();
			assert.deepEqual(names().sort(), [...fifty].sort());
		});

test("C08 given 50 events and location.assign in one turn, all parts there, then each arrives", async () => {
	const page = await at.open();
	await ready(page);
	const gone = page.waitForURL("**/elsewhere.txt", { waitUntil: "commit" });
	await page.evaluate(() => {
		for (let i = 0; i < 50; i++) window.ripen.track(`e${i}`, { i });
		location.assign("/elsewhere.txt");
	});
	await gone;
	await later();
	assert.deepEqual(names().sort(), [...fifty].sort());
});

test("C08 given await flush() before the checkout, then the collector has all of it before the page goes", async () => {
	const page = await at.open();
	await page.evaluate(async () => {
		for (let i = 0; i < 50; i++) window.ripen.track(`e${i}`, { i });
		await window.ripen.flush();
		window.flushed = true;
	});
	assert.deepEqual(names(), fifty);
});

test("C08 C12 given a keeper that never comes, then await flush() keeps nobody for long, and what waits is durable", async () => {
	await at.context.route(chunks.keeper, never);
	const page = await at.open({ clock: 1_000_000_000_000 });
	const health = page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	await page.evaluate(() => window.clock.move(5_000));
	assert.deepEqual([(await health).waiting, (await health).engine], [1, "loading"]);
	const spilled = await page.evaluate(
		() => Object.keys(localStorage).filter((key) => /spill/.test(key)).length,
	);
	assert.equal(spilled, 1);
});

test("C11 what goes as the page hides, and is refused, does not go again and again, also without a keeper", async () => {
	await at.context.route(chunks.keeper, never);
	// To it the page hides as long as the test lasts.
	const page = await at.open({ clock: 1_000_000_000_000 });
	at.collector.down = true;
	const refused = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/v1/batch"));
	await page.evaluate(() => {
		window.ripen.track("one");
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await refused;
	await page.evaluate(async () => {
		for (let turn = 0; turn < 20; turn++) await fetch("/page.mjs", { cache: "no-store" });
	});
	// The browser itself tries once more where it has used the connection before.
	const sent = at.collector.requests.filter(({ batch }) => batch).length;
	assert.ok(sent <= 2, `${sent} requests`);
	at.collector.down = false;
	await later();
	assert.deepEqual(names(), ["one"]);
});

for (const keeper of [true, false])
	test(`C04 given the host's own handlers of hiding, before and after ours, ${keeper ? "" : "and no keeper, "}then what they track is sent at once, and kept`, async () => {
		await at.context.addInitScript(() => {
			// Before ours: the page's script has not run yet.
			document.addEventListener("visibilitychange", () => window.ripen?.track("visibility_before"), true);
			addEventListener("pagehide", () => window.ripen?.track("pagehide_before"), true);
		});
		if (!keeper) await at.context.route(chunks.keeper, never);
		const page = await at.open();
		if (keeper) await ready(page);
		await page.evaluate(() => {
			document.addEventListener("visibilitychange", () => window.ripen.track("visibility_after"));
			addEventListener("pagehide", () => window.ripen.track("pagehide_after"));
		});
		await page.goto("about:blank");
		const all = ["pagehide_after", "pagehide_before", "visibility_after", "visibility_before"];
		await until("all arrive", () => names().length === 4);
		assert.deepEqual(names().sort(), all);
		assert.deepEqual(at.collector.events.length, 4, "each once on the wire");
		await later();
		assert.deepEqual(names().sort(), all, "and under the same ids later");
	});

test("given a keeper that is blocked, then the core keeps, counts, says so, and sends as the page goes; a later page load has the rest", async () => {
	await at.context.route(chunks.keeper, (route) => route.abort("blockedbyclient"));
	const page = await at.open();
	const big = { text: "x".repeat(500) };
	const health = await page.evaluate(async (big) => {
		for (let i = 0; i < 50; i++) window.ripen.track(`e${i}`, big);
		return window.ripen.flush();
	}, big);
	assert.deepEqual([health.taken, health.waiting, health.engine], [50, 50, "unavailable"]);
	await page.waitForFunction(() => window.seen.warnings.length);
	// Tried again, and told once.
	await page.evaluate(() => window.ripen.flush());
	assert.deepEqual(await page.evaluate(() => window.seen.warnings.map(({ code }) => code)), [
		"keeper_unavailable",
	]);
	assert.deepEqual(await errorsOf(page), []);
	// Chromium asks for a module again that it could not load.
	await page.goto("about:blank");
	await until("some arrive", () => names().length > 0);
	assert.ok(at.collector.requests.every(({ bytes }) => !bytes || bytes <= 8 * 1024));
	await later();
	assert.deepEqual(names().sort(), [...fifty].sort());
});

test("given a keeper that could not be loaded, when the page is shown again and it can, then all goes on", async () => {
	let blocked = true;
	await at.context.route(chunks.keeper, (route) => (blocked ? route.abort() : route.continue()));
	const page = await at.open();
	await page.evaluate(() => window.ripen.track("early"));
	await page.waitForFunction(() => window.seen.warnings.length);
	blocked = false;
	// What the browser does when the page is shown again, or the network is back.
	// More than once, since another try may be under way that was still blocked.
	await until("it goes on", () =>
		page.evaluate(() => {
			document.dispatchEvent(new Event("visibilitychange"));
			return window.ripen.health().engine === "ready";
		}),
	);
	const health = await page.evaluate(() => {
		window.ripen.track("later");
		return window.ripen.flush();
	});
	assert.deepEqual([health.waiting, health.delivered, health.engine], [0, 2, "ready"]);
	assert.deepEqual(names(), ["early", "later"]);
});

test("C14 given no keeper, then what a page keeps in memory has an end, and is counted", async () => {
	await at.context.route(chunks.keeper, never);
	const page = await at.open();
	const health = await page.evaluate(() => {
		for (let i = 0; i < 10_003; i++) window.ripen.track("e");
		return window.ripen.health();
	});
	assert.deepEqual([health.taken, health.waiting, health.dropped.queue_full], [10_000, 10_000, 3]);
});
