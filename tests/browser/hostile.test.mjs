// A playbook that somebody has got hold of: whatever stands in it, nothing worse than text comes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";
import { csp, isAnswered, kinds, nudges, prepare, press } from "./hostile-nudges.mjs";

const at = inChromium();

test("C40 C26 hostile content, links, pictures, selectors and callbacks do nothing worse than show text", async () => {
	at.collector.csp = csp;
	at.collector.playbook = JSON.stringify({ nudges });
	const page = await at.open({ does: ["open_plans"] });
	await ready(page);
	await page.evaluate(prepare);
	const popups = [];
	page.context().on("page", (opened) => popups.push(opened.url()));
	const address = page.url();
	let drawn = 0;
	for (const nudge of Object.keys(nudges)) {
		await page.evaluate((nudge) => window.ripen.track("due", { nudge }), nudge);
		await page
			.waitForFunction(isAnswered, nudge)
			.catch(async () =>
				assert.fail(
					`${nudge}: ${JSON.stringify(await page.evaluate(() => [window.seen.warnings, window.seen.decisions.at(-1)]))}`,
				),
			);
		drawn += await page.evaluate(press);
		await page.evaluate(() => window.ripen.reset());
		await page.waitForFunction(() => !document.querySelector("ripen-nudge"));
	}
	assert.ok(drawn >= kinds.length * 3, `${drawn} of ${Object.keys(nudges).length} were drawn`);
	assert.equal(await page.evaluate(() => window.ownedBy), 0);
	assert.equal(await page.evaluate(() => "owned" in {}), false, "no prototype was touched");
	assert.deepEqual(await page.evaluate(() => window.violations), []);
	assert.deepEqual(await errorsOf(page), []);
	assert.deepEqual(popups, []);
	assert.equal(page.url(), address);
});

const elsewhere = "elsewhere.example";
/** By which a picture might be asked for from there, whatever it says of itself. */
const pictures = [
	`https://${elsewhere}/1.png`,
	`HTTPS://${elsewhere}/2.png`,
	`//${elsewhere}/3.png`,
	`/\\${elsewhere}/4.png`,
	`\\\\${elsewhere}\\5.png`,
	`https:\t//${elsewhere}/6.png`,
	`https://127.0.0.1@${elsewhere}/7.png`,
	`https://${elsewhere}:443/8.png`,
	`http://${elsewhere}/9.png`,
	`https://images.example.${elsewhere}/10.png`,
];
for (const [what, images] of [
	["no origin", undefined],
	["another origin", ["https://images.example"]],
])
	test(`C40 where the page allows ${what}, no picture of any other is asked for, in any placement, by any spelling`, async () => {
		const image = (src) => ({ src, alt: "A", width: 8, height: 8 });
		const all = Object.fromEntries(
			kinds.flatMap((kind, at) =>
				[0, 1].map((offset) => [
					`${kind} ${offset}`,
					{
						purpose: "help",
						placement: { kind, anchor: "#host", slot: "here" },
						steps: [{ id: "one", anchor: "#host" }],
						question: { type: "text" },
						content: { en: { title: "A hint", image: image(pictures[(at + 5 * offset) % pictures.length]) } },
					},
				]),
			),
		);
		const asked = [];
		// No policy of the page's keeps them back, and none waits to be scrolled to.
		await at.context.route(
			({ hostname }) => hostname.endsWith("example"),
			(route) => {
				asked.push(route.request().url());
				return route.fulfill({ contentType: "image/png", body: "" });
			},
		);
		at.collector.playbook = JSON.stringify({
			nudges: {
				...all,
				allowed: {
					purpose: "help",
					placement: { kind: "banner" },
					content: { en: { title: "A hint", image: image("https://images.example/a.png") } },
				},
			},
		});
		const page = await at.open({ images });
		await ready(page);
		await page.evaluate(prepare);
		for (const nudge of [...Object.keys(all), "allowed"]) {
			await page.evaluate((nudge) => window.ripen.track("due", { nudge }), nudge);
			await page.locator("ripen-nudge").waitFor({ state: "attached" });
			await page.evaluate(() =>
				document.querySelector("ripen-nudge").shadowRoot.querySelector(".hotspot")?.click(),
			);
			await page.evaluate(
				() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
			);
			await page.evaluate(() => window.ripen.reset());
			await page.locator("ripen-nudge").waitFor({ state: "detached" });
		}
		// What was asked for last was asked for after all others.
		if (images) await until("the picture that is allowed", () => asked.length > 0);
		assert.deepEqual(asked, images ? ["https://images.example/a.png"] : []);
		assert.deepEqual(await errorsOf(page), []);
	});
