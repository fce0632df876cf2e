// Each placement in Chromium, as it is shown the first time in a page load (its chunk is loaded then) and a second time,
// and made by hand; with the processor as it is, and four times slower.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { furnish, gallery } from "../../browser/gallery.mjs";
import { serve } from "../../browser/site.mjs";
import { keep, prepare } from "./in-page.mjs";
import { occasionOf } from "./playbook.mjs";
import { begin, between, end } from "./trace.mjs";

const DIST = fileURLToPath(new URL("../../../js/dist", import.meta.url));
const FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
export const SLOWNESS = [1, 4];
export const PHASES = ["first", "later", "floor"];

/** `{name, slowness, first, later, floor, moved, long}` for each round of each; `playbook` is a compiled one. */
export async function measure({ playbook, executablePath, rounds, names = Object.keys(gallery), told }) {
	const browser = await chromium.launch({ executablePath, args: FLAGS });
	const site = await serve(DIST);
	site.collector.playbook = playbook;
	const measured = [];
	try {
		for (let round = 0; round < rounds; round++)
			for (const slowness of SLOWNESS) {
				for (const name of names) {
					told(`round ${round + 1} of ${rounds}, ${slowness} × slower: ${name}`);
					measured.push(await one(browser, site, name, slowness));
				}
			}
		return { version: browser.version(), measured };
	} finally {
		site.close();
		await browser.close();
	}
}

async function one(browser, { origin }, name, slowness) {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		await page.goto(origin);
		await page.waitForFunction(() => window.ripen?.health().engine === "ready");
		await furnish(page);
		await page.evaluate(prepare);
		const session = await context.newCDPSession(page);
		await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
		await page.evaluate(() => window.painted());
		await begin(browser, page);
		const show = (phase, element, make, argument) =>
			page.evaluate(
				([phase, element, make, argument]) => {
					Object.assign(window, { phase, moved: 0, long: [] });
					const shown = window.showing(element);
					setTimeout(() => window[make](argument));
					return shown;
				},
				[phase, element, make, argument],
			);
		const away = async () => {
			await page.evaluate(async () => {
				window.ripen.reset();
				while (document.querySelector("ripen-nudge")) await window.painted();
				await window.ripen.flush();
				await window.painted();
			});
		};
		await show("first", "ripen-nudge", "due", occasionOf(name));
		const { moved, long } = await page.evaluate(() => ({ moved: window.moved, long: window.long }));
		await away();
		await show("later", "ripen-nudge", "due", occasionOf(name));
		await page.evaluate(keep);
		await away();
		await show("floor", "x-floor", "byHand");
		const trace = await end(browser);
		const phases = PHASES.map((phase) => [phase, between(trace, `${phase}: decided`, `${phase}: on screen`)]);
		return { name, slowness, moved, long, ...Object.fromEntries(phases) };
	} finally {
		await context.close();
	}
}
