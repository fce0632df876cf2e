// `<ripen-slot>`: an element of its own, which keeps the place that it is given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wasShown } from "./browser.mjs";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const slot = { placement: { kind: "slot", slot: "side" } };
const side = `<main><ripen-slot name="side" style="min-height: 20rem"></ripen-slot><p>Text</p></main>`;
const card = (page) => page.locator("ripen-nudge .card");
const sheet = (page, text) =>
	page.evaluate((text) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(text);
		document.adoptedStyleSheets = [sheet];
	}, text);

test("a slot is a defined element, a block whose `min-height` holds, and what the page says of it counts more", async () => {
	const page = await at.show(slot, { html: side });
	await card(page).waitFor();
	const look = () =>
		page.evaluate(() => {
			const slot = document.querySelector("ripen-slot");
			const { display } = getComputedStyle(slot);
			return [slot.matches(":defined"), display, slot.getBoundingClientRect().height];
		});
	assert.deepEqual(await look(), [true, "block", 320]);
	await sheet(page, "ripen-slot { display: inline-block }");
	assert.equal((await look())[1], "inline-block");
	await page.evaluate(() => {
		document.querySelector("ripen-slot").hidden = true;
	});
	await sheet(page, "");
	assert.equal((await look())[1], "none");
});

test("what the host has in a slot is seen, beside a nudge too", async () => {
	const page = await at.show(slot, {
		html: `<main><ripen-slot name="side"><b id="own">Own</b></ripen-slot></main>`,
	});
	await card(page).waitFor();
	assert.equal(await page.locator("#own").isVisible(), true);
});

test("a page that hides what is not defined shows a nudge all the same", async () => {
	const page = await at.show(slot, {
		html: `<main><style>:not(:defined) { display: none }</style><ripen-slot name="side"></ripen-slot></main>`,
	});
	await card(page).waitFor();
	await wasShown(page);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown"]);
});

test("C38 a nudge in a slot that is hidden is not shown, and what it stands in counts as missing", async () => {
	const page = await at.show(slot, {
		html: `<main><style>ripen-slot { display: none }</style><ripen-slot name="side"></ripen-slot></main>`,
	});
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "nudge_anchor_missing"));
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	assert.deepEqual(await at.outcomes(page), ["exposed", "exposed"], "that it won, and that it was held back");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});
