// A page that is hard to be a guest of: rules for everything and for the children of the body, a body that is moved,
// contained and does not scroll, and its own things at the highest z-index.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready } from "./browser.mjs";
import { close, furnish, gallery, open, playbook, show } from "./gallery.mjs";

const at = inChromium();

const begin = async (rules) => {
	at.collector.playbook = playbook;
	const page = await at.open();
	await ready(page);
	await page.emulateMedia({ reducedMotion: "reduce" });
	await furnish(page);
	await page.evaluate((rules) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	}, rules);
	return page;
};

/** What a host may have written of the children of its body, as docs/looks.md says where they are counted. */
const children = `
	body > * { outline: 1px solid rgb(1, 2, 3) !important; opacity: 0.9 !important; display: block !important; height: 40px !important; }
	body > :not(ripen-nudge) + :not(ripen-nudge) { margin-top: 7px; }
	body > :nth-child(1 of :not(ripen-nudge)) { padding-top: 11px; }
	body > :nth-last-child(1 of :not(ripen-nudge)) { padding-bottom: 13px; }
	body > :nth-child(odd of :not(ripen-nudge)) { letter-spacing: 1px; }
	body { display: grid; grid-auto-rows: min-content; gap: 5px; }
`;

test("C37 rules for the children of the body do not reach a nudge, and where they leave it out, they count as without it", async () => {
	const page = await begin(children);
	const styles = () =>
		page.evaluate(() =>
			JSON.stringify(
				[...document.querySelectorAll("body, body :not(ripen-nudge)")].map((each) => ({
					...getComputedStyle(each),
				})),
			),
		);
	const before = await styles();
	for (const name of ["top", "banner", "tooltip", "tour", "talk"]) {
		const card = await show(page, name);
		const [opacity, outline, boxes] = await card.evaluate((element) => {
			const { opacity, outlineColor } = getComputedStyle(element);
			return [opacity, outlineColor, document.querySelector("ripen-nudge").getClientRects().length];
		});
		assert.equal(opacity, "1", name);
		assert.notEqual(outline, "rgb(1, 2, 3)", name);
		assert.equal(boxes, 0, name);
		assert.equal((await styles()) === before, true, name);
		await close(page);
	}
	assert.deepEqual(await errorsOf(page), []);
});

const hostile = `
	* { all: revert; box-sizing: content-box !important; position: static !important; transform: rotate(1deg) !important;
		opacity: 0.2 !important; filter: blur(9px) !important; z-index: 1 !important; margin: 3em !important; float: left !important;
		animation: none !important; pointer-events: none !important; width: 10px !important; }
	html { overflow: hidden !important; height: 100% !important; }
	body { transform: scale(0.5) translateY(400px) !important; contain: strict !important; perspective: 10px !important;
		overflow: hidden !important; height: 10px !important; will-change: transform; }
	#cover { position: fixed !important; inset: 0; z-index: 2147483647 !important; width: auto !important; background: white !important;
		opacity: 1 !important; transform: none !important; filter: none !important; margin: 0 !important; pointer-events: auto !important; }
`;

/** Beside something of the page's: where that is cannot be known of such a page. */
const inPage = ["inline", "slot", "tooltip", "hotspot", "tour"];

test("C35 C37 over a page of the highest z-index, with rules for everything, a moved body and no scrolling, a nudge is whole and can be used", async () => {
	const page = await begin(hostile);
	await page.evaluate(() =>
		document.body.append(Object.assign(document.createElement("div"), { id: "cover" })),
	);
	for (const name of Object.keys(gallery).filter((name) => !inPage.includes(name))) {
		const card = await show(page, name);
		const seen = await card.evaluate((element) => {
			const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
			const { opacity, filter, transform, pointerEvents } = getComputedStyle(element);
			const root = element.getRootNode();
			const at = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
			return {
				inWindow: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
				large: width > 200 && height > 40,
				styles: [opacity, filter, transform, pointerEvents],
				onTop: element.contains(at),
			};
		});
		assert.deepEqual(
			seen,
			{ inWindow: true, large: true, styles: ["1", "none", "none", "auto"], onTop: true },
			name,
		);
		if (await open(page, name)) await page.locator("ripen-nudge .card").last().waitFor();
		await close(page);
	}
	assert.deepEqual(await errorsOf(page), []);
});
