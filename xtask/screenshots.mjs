/**
 * `npm run screenshots [PART OF A NAME]`: a picture of every placement, light and dark, from left to right and from
 * right to left, and besides at 320 px, in a low window, zoomed to 200 %, with large text and in forced colours, into
 * tests/output/looks. To be looked at, not compared.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { chromium as browserPath } from "./browsers.mjs";
import { at } from "./places.mjs";
import { setupTests } from "./setup.mjs";
import { task } from "./step.mjs";

const folder = at("tests/output/looks");
const wanted = process.argv[2] ?? "";

/** What a user may have chosen: of the browser, and of the page. */
const SETTINGS = {
	"light-ltr": {},
	"light-rtl": { direction: "rtl" },
	"dark-ltr": { scheme: "dark" },
	"dark-rtl": { scheme: "dark", direction: "rtl" },
	"narrow-ltr": { viewport: { width: 320, height: 640 } },
	"narrow-rtl": { viewport: { width: 320, height: 640 }, direction: "rtl" },
	low: { viewport: { width: 800, height: 400 } },
	"zoom-200": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
	"text-200": { text: 32 },
	"forced-colours": { forcedColors: "active" },
};

/** What is answered before they are looked at. */
const ANSWERS = { scale: ".scale label >> nth=8", choice: ".choice label >> nth=1" };

await task(async () => {
	await setupTests();
	// Only now: they need modules that a fresh clone does not have.
	const { chromium } = await import("playwright-core");
	const { gallery, playbook } = await import("../tests/browser/gallery.mjs");
	const { buildSite, serve } = await import("../tests/browser/site.mjs");
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const { collector, origin, close } = await serve(await buildSite());
	collector.playbook = playbook;
	const browser = await chromium.launch({
		executablePath: browserPath(),
		args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"],
	});
	const taken = [];
	for (const [name, setting] of Object.entries(SETTINGS))
		for (const nudge of Object.keys(gallery)) {
			if (!`${nudge}.${name}`.includes(wanted)) continue;
			await take(browser, origin, nudge, setting, `${folder}/${nudge}.${name}.png`);
			taken.push(`${nudge}.${name}.png`);
		}
	await browser.close();
	close();
	writeFileSync(`${folder}/index.html`, sheetOf(taken));
	console.log(`${taken.length} pictures: ${folder}/index.html`);
});

async function take(browser, origin, nudge, { scheme, direction, text, ...options }, path) {
	const { furnish, open, show } = await import("../tests/browser/gallery.mjs");
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		reducedMotion: "reduce",
		// Not what the page says: it is the page that is followed.
		colorScheme: scheme === "dark" ? "light" : "dark",
		...options,
	});
	const page = await context.newPage();
	if (text) {
		const session = await context.newCDPSession(page);
		await session.send("Page.setFontSizes", { fontSizes: { standard: text, fixed: text } });
	}
	await page.goto(origin);
	await page.waitForFunction(() => window.ripen?.health().engine === "ready");
	await furnish(page, { scheme, direction });
	await show(page, nudge);
	await open(page, nudge);
	if (ANSWERS[nudge]) await page.locator(ANSWERS[nudge]).click();
	await page.screenshot({ path });
	await context.close();
}

/** All of them on one page. */
function sheetOf(files) {
	const figures = files.map(
		(file) => `<figure><img src="${file}" alt=""><figcaption>${file}</figcaption></figure>`,
	);
	const grid =
		"body{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}figure{margin:0}img{width:100%}";
	return `<!doctype html><title>Looks</title><style>${grid}</style>${figures.join("")}`;
}
