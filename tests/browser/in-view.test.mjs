// What stands beside something is shown when that is in view, and not before: else it would count as seen by nobody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, setHidden, wasShown } from "./browser.mjs";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const first = (page, kind) => page.locator(`ripen-nudge ${kind === "hotspot" ? ".hotspot" : ".card"}`);
const frames = (page) =>
	page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const waits = (page) => page.waitForFunction(() => window.clock.pending.includes(7_000));
const outcomes = async (page) => (await at.outcomes(page)).filter((outcome) => outcome !== "exposed");
const anchor = '<button id="target">Target</button>';
const below = `<div style="height:3000px"></div>${anchor}<div style="height:3000px"></div>`;
const scrolledAway = `<div id="box" style="height:100px;overflow:auto"><div style="height:500px"></div>${anchor}</div>`;

for (const kind of ["tooltip", "hotspot"])
	for (const [where, html] of [
		["below the fold", below],
		["scrolled out of its box", scrolledAway],
	])
		test(`C31 C38 a ${kind} whose anchor is ${where} is shown, and counted, when it is scrolled to`, async () => {
			const page = await at.show({ placement: { kind, anchor: "#target", wait: 7 } }, { html });
			await waits(page);
			await frames(page);
			assert.equal(await page.locator("ripen-nudge").count(), 0);
			assert.deepEqual(await outcomes(page), []);
			await page.evaluate(() => document.querySelector("#target").scrollIntoView({ block: "center" }));
			await first(page, kind).waitFor();
			await wasShown(page);
			assert.deepEqual(await outcomes(page), ["shown"]);
			assert.deepEqual(await errorsOf(page), []);
		});

test("C38 C31 a tooltip waits to be scrolled to also where its playbook does not say for how long", async () => {
	const page = await at.show({ placement: { kind: "tooltip", anchor: "#target" } }, { html: below });
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await frames(page);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	await page.evaluate(() => document.querySelector("#target").scrollIntoView({ block: "center" }));
	await first(page).waitFor();
	await wasShown(page);
	assert.deepEqual(await outcomes(page), ["shown"]);
});

test("C38 what is in view, and has gone by when the browser says so, is waited for", async () => {
	const page = await at.show(
		{ placement: { kind: "tooltip", anchor: "#target", wait: 7 } },
		{
			html: anchor,
			before: () => {
				const { IntersectionObserver } = window;
				window.IntersectionObserver = class extends IntersectionObserver {
					constructor(told, options) {
						super((entries, observer) => {
							document.querySelector("#target")?.remove();
							window.told = true;
							told(entries, observer);
						}, options);
					}
				};
			},
		},
	);
	await page.waitForFunction(() => window.told);
	await frames(page);
	assert.equal((await at.warnings(page)).includes("nudge_anchor_missing"), false);
	await waits(page);
	await page.evaluate(() => window.clock.move(7_000));
	await at.warned(page, "nudge_anchor_missing");
	assert.deepEqual(await outcomes(page), []);
	assert.deepEqual(await errorsOf(page), []);
});

test("C38 a tooltip whose anchor is not scrolled to in time gives way, and says so", async () => {
	const page = await at.show({ placement: { kind: "tooltip", anchor: "#target", wait: 7 } }, { html: below });
	await waits(page);
	await page.evaluate(() => window.clock.move(7_000));
	await at.warned(page, "nudge_anchor_missing");
	await page.evaluate(() => document.querySelector("#target").scrollIntoView());
	await frames(page);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	assert.deepEqual(await outcomes(page), []);
});

test("C38 a tooltip that waits for nothing is shown where its anchor is in view", async () => {
	const page = await at.show(
		{ placement: { kind: "tooltip", anchor: "#target", wait: 0 } },
		{ html: anchor },
	);
	await first(page).waitFor();
	await wasShown(page);
	assert.deepEqual(await outcomes(page), ["shown"]);
});

test("C38 C39 a tooltip whose anchor was not in view is not missing where the tab went to the background meanwhile", async () => {
	const page = await at.show({ placement: { kind: "tooltip", anchor: "#target", wait: 7 } }, { html: below });
	await waits(page);
	await setHidden(page, true);
	await page.evaluate(() => window.clock.move(7_000));
	await setHidden(page, false);
	// It waits anew, by whoever is back.
	await waits(page);
	assert.equal((await at.warnings(page)).includes("nudge_anchor_missing"), false);
	await page.evaluate(() => document.querySelector("#target").scrollIntoView({ block: "center" }));
	await first(page).waitFor();
	await wasShown(page);
	assert.deepEqual(await outcomes(page), ["shown"]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C38 an anchor that is drawn anew below the fold is watched as the one before it was", async () => {
	const page = await at.show({ placement: { kind: "tooltip", anchor: "#target", wait: 7 } }, { html: below });
	await waits(page);
	await page.evaluate(() => {
		const old = document.querySelector("#target");
		old.replaceWith(old.cloneNode(true));
	});
	await frames(page);
	await page.evaluate(() => document.querySelector("#target").scrollIntoView({ block: "center" }));
	await first(page).waitFor();
	assert.deepEqual(await errorsOf(page), []);
});

test("a tour scrolls to what its first step is about", async () => {
	const page = await at.show(
		{
			placement: { kind: "tour" },
			steps: [{ id: "one", anchor: "#target" }],
			content: { steps: { one: { title: "One" } } },
		},
		{ html: below },
	);
	await page.getByRole("dialog", { name: "One" }).waitFor();
	await wasShown(page);
	assert.equal(
		await page.locator("#target").evaluate((target) => {
			const { top, bottom } = target.getBoundingClientRect();
			return top >= 0 && bottom <= innerHeight;
		}),
		true,
	);
	assert.deepEqual(await outcomes(page).then((all) => all.filter((each) => !each.startsWith("step"))), [
		"shown",
	]);
});

const side = `<main><ripen-slot name="side"></ripen-slot></main>`;
const farSide = `<div style="height:3000px"></div>${side}<div style="height:3000px"></div>`;
const near = (page) =>
	page.evaluate(() => {
		const { top } = document.querySelector("ripen-slot").getBoundingClientRect();
		scrollTo(0, top - 1.5 * innerHeight);
	});
for (const [name, placement] of Object.entries({
	"a slot": { kind: "slot", slot: "side" },
	"an inline banner": { kind: "banner", position: "inline", anchor: "main" },
})) {
	const show = (options) => at.show({ placement }, { html: farSide, ...options });

	test(`C31 C33 ${name} far below the fold has no place, and is there before it is scrolled to`, async () => {
		const page = await show();
		await at.gaveWay(page);
		assert.equal(await page.locator("ripen-nudge").count(), 0);
		assert.deepEqual(await at.warnings(page), [], "nothing is missing");
		await near(page);
		await page.locator("ripen-nudge .card").waitFor();
		await frames(page);
		assert.deepEqual(await outcomes(page), []);
		await page.evaluate(() => scrollBy(0, innerHeight));
		await wasShown(page);
		assert.deepEqual(await outcomes(page), ["shown"]);
		assert.deepEqual(await errorsOf(page), []);
	});

	test(`C31 ${name} that is drawn anew while it is far away is watched as the one before it was`, async () => {
		const page = await show();
		await at.gaveWay(page);
		await page.evaluate(() => {
			const old = document.querySelector("main");
			old.replaceWith(old.cloneNode(true));
		});
		await frames(page);
		await near(page);
		await page.locator("ripen-nudge .card").waitFor();
		assert.deepEqual(await errorsOf(page), []);
	});
}

test("C38 a slot that takes no room while it is empty is as far away as what it is in", async () => {
	const html = `<div style="height:3000px"></div><section>${side}<p>Text</p></section>`;
	const page = await at.show(
		{ placement: { kind: "slot", slot: "side" } },
		{
			html,
			before: `document.adoptedStyleSheets = [new CSSStyleSheet()];
				document.adoptedStyleSheets[0].replaceSync("ripen-slot:empty { display: none }")`,
		},
	);
	await at.gaveWay(page);
	await near(page);
	await page.evaluate(() => document.querySelector("section").scrollIntoView());
	await page.locator("ripen-nudge .card").waitFor();
	assert.deepEqual(await errorsOf(page), []);
});
