// Chromium for the tests of this folder, one for each file, a context (its own storage) for each test.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";
import { buildSite, serve } from "./site.mjs";

/** So long a test waits for what is to come: it is how long a failure takes, and no measure of speed. */
export const patience = 60_000;
const flags = ["no-sandbox", "disable-quic", "no-first-run", "disable-background-networking", "disable-sync"];

/** What a test gets (of the face beside the fake module, unless `dist` is given): `open` makes pages that share the storage of one browser profile. */
export function inChromium({ backForwardCache = false, dist } = {}) {
	const at = {};
	let browser;
	before(async () => {
		dist ??= await buildSite();
		browser = await chromium.launch({
			executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
			args: [...flags, "disable-component-update"].map((flag) => `--${flag}`),
			ignoreDefaultArgs: backForwardCache ? ["--disable-back-forward-cache"] : [],
		});
	});
	beforeEach(async () => {
		at.context = await browser.newContext();
		at.context.setDefaultTimeout(patience);
		Object.assign(at, await serve(dist));
		at.open = async (init = {}, path = "/") => {
			const page = await at.context.newPage();
			const url = new URL(path, at.origin);
			url.searchParams.set("init", JSON.stringify(init));
			await page.goto(url.href);
			await page.waitForFunction(() => window.ripen);
			return page;
		};
		/** Goes to a page without Ripen of this origin, so that the browser may keep both, and comes back: to the very page that it left. */
		at.awayAndBack = async (page, meanwhile) => {
			await page.evaluate(() => {
				window.stayed = true;
			});
			await page.goto(`${at.origin}/wasm/ripen.js`);
			await meanwhile?.();
			// A page restored from the cache has no second "load" to wait for.
			await page.goBack({ waitUntil: "commit" });
			await page.waitForFunction(() => window.ripen);
			const [stayed, reasons] = await page.evaluate(() => {
				const [{ notRestoredReasons }] = performance.getEntriesByType("navigation");
				return [window.stayed, JSON.stringify(notRestoredReasons)];
			});
			assert.equal(stayed, true, `not restored: ${reasons}`);
			return reasons;
		};
		/** Until the browser has let go of what pages that have gone held: before, a next one would leave alone what they have spilled. */
		at.free = async () => {
			const page = await at.context.newPage();
			await page.goto(`${at.origin}/hand-clock.mjs`);
			await until("let go of", () =>
				page.evaluate(async () => {
					const { held } = await navigator.locks.query();
					return !held.some(({ name }) => name.includes(":spill:"));
				}),
			);
			await page.close();
		};
	});
	afterEach(async () => {
		await at.context.close();
		at.close();
	});
	after(() => browser?.close());
	return at;
}

/** Waits for a condition on this side. */
export async function until(what, holds) {
	const end = Date.now() + patience;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`never: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

export const ready = (page) => page.waitForFunction(() => window.ripen.health().engine === "ready");
export const healthOf = (page) => page.evaluate(() => window.ripen.health());
/** Hidden as far as a page can tell, or shown again. */
export const setHidden = (page, hidden) =>
	page.evaluate((hidden) => {
		Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
		document.dispatchEvent(new Event("visibilitychange"));
	}, hidden);
/** What the page told of itself: nothing of this may ever reach the host. */
export const errorsOf = (page) => page.evaluate(() => window.seen.errors);
/** Waits until a nudge was told as shown so often: the browser says what is in view only after it is drawn. */
export const wasShown = (page, times = 1) =>
	page.waitForFunction(
		(times) => window.seen.events.filter((event) => event === "$nudge_shown").length >= times,
		times,
	);
