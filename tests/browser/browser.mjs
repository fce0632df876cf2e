// Chromium for the tests of this folder, one for each file, a context (its own storage) for each test.
import { after, afterEach, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";
import { buildSite, serve } from "./site.mjs";

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
		Object.assign(at, await serve(dist));
		at.open = async (init = {}, path = "/") => {
			const page = await at.context.newPage();
			await page.goto(`${at.origin}${path}?init=${encodeURIComponent(JSON.stringify(init))}`);
			await page.waitForFunction(() => window.ripen);
			return page;
		};
	});
	afterEach(async () => {
		await at.context.close();
		at.close();
	});
	after(() => browser?.close());
	return at;
}

/** Waits for a condition on this side; the test's own time-out is the limit. */
export async function until(what, holds) {
	const end = Date.now() + 10_000;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`never: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

export const ready = (page) => page.waitForFunction(() => window.ripen.health().engine === "ready");
export const healthOf = (page) => page.evaluate(() => window.ripen.health());
/** What the page told of itself: nothing of this may ever reach the host. */
export const errorsOf = (page) => page.evaluate(() => window.seen.errors);
