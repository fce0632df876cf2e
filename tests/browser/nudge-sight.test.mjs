// What nobody sees is not shown, and time that nobody sees does not pass.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const move = (page, ms) => page.evaluate((ms) => window.clock.move(ms), ms);
const drawn = (page) => page.locator("ripen-nudge").count();
/** Resolves when the browser has said of everything so far whether it is in view: observers are told in turn. */
const looked = (page) =>
	page.evaluate(
		() =>
			new Promise((done) => {
				const own = new IntersectionObserver(() => {
					own.disconnect();
					done();
				});
				requestAnimationFrame(() => own.observe(document.body));
			}),
	);
const overlay = (page, isOpen) =>
	page.evaluate((isOpen) => {
		const before = document.querySelector("dialog");
		const dialog = before ?? document.body.appendChild(document.createElement("dialog"));
		if (isOpen) dialog.showModal();
		else dialog.close();
	}, isOpen);
const card = (page) => page.locator("ripen-nudge .card");
const outcomes = async (page) => (await at.outcomes(page)).filter((outcome) => outcome !== "exposed");
/** To where a slot below the fold is next to be seen, and is not seen yet. */
const comeNear = async (page) => {
	await at.gaveWay(page);
	await page.evaluate(() => {
		const { top } = document.querySelector("ripen-slot").getBoundingClientRect();
		scrollTo(0, top - 1.5 * innerHeight);
	});
};

test("C31 a toast waits while an overlay of the host's is over it", async () => {
	const page = await at.show({ placement: { kind: "toast" } });
	await card(page).waitFor();
	await looked(page);
	await move(page, 9_000);
	await overlay(page, true);
	await card(page).waitFor({ state: "hidden" });
	await looked(page);
	await move(page, 60_000);
	assert.equal(await drawn(page), 1);
	await overlay(page, false);
	await card(page).waitFor();
	await looked(page);
	await move(page, 999);
	assert.equal(await drawn(page), 1);
	await move(page, 1);
	assert.equal(await drawn(page), 0);
});

test("C31 a banner under an overlay of the host's is not ignored by who cannot see it", async () => {
	const page = await at.show({ placement: { kind: "banner" } });
	await card(page).waitFor();
	await looked(page);
	await overlay(page, true);
	await card(page).waitFor({ state: "hidden" });
	await looked(page);
	await move(page, 600_000);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown"]);
	await overlay(page, false);
	await card(page).waitFor();
	await looked(page);
	await move(page, 60_000);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown", "ignored"]);
});

const below = `<div style="height: 5000px"></div><div><ripen-slot name="side"></ripen-slot></div><div style="height: 5000px"></div>`;
for (const [name, placement] of Object.entries({
	"a slot": { kind: "slot", slot: "side" },
	"an inline banner": { kind: "banner", position: "inline", anchor: "ripen-slot" },
}))
	test(`C31 ${name} below the fold is shown when somebody has scrolled to it, and not before`, async () => {
		const page = await at.show({ placement }, { html: below });
		await comeNear(page);
		await card(page).waitFor();
		await looked(page);
		await move(page, 600_000);
		assert.deepEqual(await outcomes(page), []);
		await card(page).evaluate((card) => card.scrollIntoView({ block: "center" }));
		await looked(page);
		assert.deepEqual(await outcomes(page), ["shown"]);
		await page.evaluate(() => scrollTo(0, 0));
		await looked(page);
		await move(page, 600_000);
		assert.deepEqual(await outcomes(page), ["shown"]);
		await card(page).evaluate((card) => card.scrollIntoView({ block: "center" }));
		await looked(page);
		await move(page, 60_000);
		assert.deepEqual(await outcomes(page), ["shown", "ignored"]);
	});

test("C31 who leaves a page without having scrolled to it has not ignored it", async () => {
	const page = await at.show({ placement: { kind: "slot", slot: "side" } }, { html: below });
	await comeNear(page);
	await card(page).waitFor();
	await looked(page);
	await page.reload();
	await page.waitForFunction(() => window.ripen?.health().engine === "ready");
	assert.deepEqual(await outcomes(page), []);
});
