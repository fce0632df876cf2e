// The host's own overlays, as libraries make them and wherever they stand: a nudge waits for them, goes when they come,
// and is there again after them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf } from "./browser.mjs";
import { inChromiumDrawn } from "./drawn.mjs";
import { modalLibrary } from "./modal-library.mjs";

const at = inChromiumDrawn();
const card = (page) => page.locator("ripen-nudge .card").first();
const banner = { placement: { kind: "banner" } };
const frames = (page) =>
	page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const outcomes = async (page) =>
	(await at.outcomes(page)).filter((outcome) => !/^(exposed|step)/.test(outcome));
const openOverlay = (page) =>
	page.evaluate(() => {
		window.closeOverlay = window.openOverlay();
	});

test("C35 given a library's overlay that traps the focus, then a nudge waits for it, and nothing of ours is left hidden", async () => {
	const page = await at.show(banner, {
		before: `(${modalLibrary})(); window.closeOverlay = window.openOverlay()`,
	});
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.flush());
	await frames(page);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	assert.equal(await page.evaluate(() => window.pulled), 0, "it has nothing to fight with");
	await page.evaluate(() => window.closeOverlay());
	await card(page).waitFor();
	await page.getByRole("region", { name: "A hint" }).waitFor();
	assert.deepEqual(await errorsOf(page), []);
});

test("C35 C36 given a nudge, when a library's overlay comes, then it goes without a fight for the focus, and is there again", async () => {
	const page = await at.show(banner, { before: modalLibrary });
	await card(page).waitFor();
	await page.locator("#host").focus();
	await openOverlay(page);
	await card(page).waitFor({ state: "hidden" });
	for (const name of ["last", "first", "last"]) {
		await page.keyboard.press("Tab");
		assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
	}
	assert.equal(await page.evaluate(() => window.pulled), 0);
	await page.evaluate(() => window.closeOverlay());
	await card(page).waitFor();
	await page.getByRole("region", { name: "A hint" }).getByRole("button", { name: "Close" }).click();
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	assert.equal(await page.evaluate(() => document.activeElement.id), "host");
	assert.deepEqual(await outcomes(page), ["shown", "dismissed close"]);
	assert.deepEqual(await errorsOf(page), []);
});

/** A component with a dialog of this kind in an open shadow tree: `openComponent()`, `closeComponent()`. */
const component = (kind) => `
	const component = document.createElement("x-dialog");
	component.attachShadow({ mode: "open" });
	document.body.append(component);
	const dialog = document.createElement("${kind}");
	dialog.append(Object.assign(document.createElement("button"), { textContent: "In it" }));
	if ("${kind}" === "div") {
		dialog.style = "position: fixed; inset: 0; background: white; z-index: 2147483647";
		dialog.hidden = true;
		dialog.setAttribute("role", "dialog");
	}
	window.openComponent = () => {
		component.shadowRoot.append(dialog);
		if (dialog.showModal) return dialog.showModal();
		dialog.hidden = false;
		dialog.setAttribute("aria-modal", "true");
	};
	window.closeComponent = () => {
		if (dialog.close) return dialog.close();
		dialog.hidden = true;
		dialog.removeAttribute("aria-modal");
	};`;

for (const kind of ["dialog", "div"])
	test(`C35 while a modal ${kind} in a shadow tree of the host's is open, a nudge that is on screen is not over it`, async () => {
		const page = await at.show(banner, { before: `(() => {${component(kind)}})()` });
		await card(page).waitFor();
		for (let times = 0; times < 2; times++) {
			await page.evaluate(() => window.openComponent());
			await card(page).waitFor({ state: "hidden" });
			await page.evaluate(() => window.closeComponent());
			await card(page).waitFor();
		}
		assert.deepEqual(await outcomes(page), ["shown"]);
		assert.deepEqual(await errorsOf(page), []);
	});

test("C35 a shadow tree that comes after the nudge is looked into as well", async () => {
	const page = await at.show(banner);
	await card(page).waitFor();
	await page.evaluate(`(() => {${component("dialog")}})()`);
	await frames(page);
	await page.evaluate(() => window.openComponent());
	await card(page).waitFor({ state: "hidden" });
	await page.evaluate(() => document.querySelector("x-dialog").remove());
	await card(page).waitFor();
	assert.deepEqual(await errorsOf(page), []);
});

test("C35 C36 a modal nudge over which a library's overlay comes keeps the focus, and Escape closes it, whatever that refuses", async () => {
	const page = await at.show({ placement: { kind: "modal" } }, { before: modalLibrary });
	await card(page).waitFor();
	await openOverlay(page);
	await page.keyboard.press("Escape");
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	await page.keyboard.press("Tab");
	assert.equal(await page.evaluate(() => document.querySelector("#overlay").matches(":focus-within")), true);
	assert.deepEqual(await outcomes(page), ["shown", "dismissed close"]);
	assert.deepEqual(await errorsOf(page), []);
});
