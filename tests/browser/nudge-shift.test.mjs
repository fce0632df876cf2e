// A nudge moves nothing of the page: its cumulative layout shift is 0, and so is that of a slot whose place is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const placements = {
	banner: { kind: "banner", position: "top" },
	modal: { kind: "modal" },
	slide_out: { kind: "slide_out" },
	toast: { kind: "toast" },
	tooltip: { kind: "tooltip", anchor: "#text" },
	hotspot: { kind: "hotspot", anchor: "#text" },
	checklist: { kind: "checklist" },
	tour: { kind: "tour" },
	ask: { kind: "ask" },
	"slot with a reserved size": { kind: "slot", slot: "side" },
};
const more = {
	steps: [
		{ id: "one", anchor: "#text", signal: "events" },
		{ id: "two", signal: "events" },
	],
	question: { type: "scale", from: 0, to: 10 },
};

for (const [name, placement] of Object.entries(placements))
	test(`a ${name} moves nothing of the page, neither as it comes nor as it goes`, async () => {
		const page = await at.show(
			{ placement, ...more },
			{
				html: `<main><h1 id="text">Text</h1><ripen-slot name="side"></ripen-slot><p>${"Words ".repeat(500)}</p></main>`,
				before: async () => {
					const slot = document.querySelector("ripen-slot");
					// As docs/nudges.md has it for a page whose slot is there before Ripen is.
					Object.assign(slot.style, { display: "block", minHeight: "20rem" });
					// What the test itself has moved is over.
					await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
					window.shifts = [];
					window.watcher = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
					window.watcher.observe({ type: "layout-shift" });
				},
			},
		);
		const drawn = () => {
			const root = document.querySelector("ripen-nudge")?.shadowRoot;
			return root?.querySelector(".card, .hotspot")?.getBoundingClientRect().width > 0;
		};
		await page.waitForFunction(drawn);
		const frames = () =>
			page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		await frames();
		await page.evaluate(() => window.ripen.reset());
		await page.waitForFunction(() => !document.querySelector("ripen-nudge"));
		await frames();
		const moved = await page.evaluate(() => {
			window.shifts.push(...window.watcher.takeRecords());
			return window.shifts.map(({ value, sources }) => [value, sources.map(({ node }) => node?.nodeName)]);
		});
		assert.deepEqual(moved, []);
	});

test("a slot whose place is not kept does move the page: this test can fail", async () => {
	const page = await at.show(
		{ placement: { kind: "slot", slot: "side" } },
		{
			html: `<main><ripen-slot name="side"></ripen-slot><p>${"Words ".repeat(500)}</p></main>`,
			before: async () => {
				await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				window.shifts = [];
				new PerformanceObserver((list) => window.shifts.push(...list.getEntries())).observe({
					type: "layout-shift",
				});
			},
		},
	);
	await page.waitForFunction(() => window.shifts.length > 0);
});
