import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inChromium, ready } from "./browser.mjs";
import { close, furnish, gallery, open, playbook, show } from "./gallery.mjs";

const at = inChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, and what it is not sure of; but for contrast under what it takes for another layer: it does not know the top layer. */
const findings = (page, options) =>
	page.evaluate(async (options) => {
		const { violations, incomplete } = await window.axe.run(document, options);
		const doubts = incomplete.filter(({ id }) => id !== "color-contrast");
		return [...violations, ...doubts].flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target.flat().join(" ")}: ${failureSummary}`),
		);
	}, options);

const all = { resultTypes: ["violations", "incomplete"], rules: { "target-size": { enabled: true } } };
/** The other direction has the same rules; the other colours are others. */
const colours = { ...all, rules: {}, runOnly: ["color-contrast", "link-in-text-block"] };

for (const [scheme, direction, options] of [
	["light", "ltr", all],
	["dark", "rtl", colours],
])
	test(`C36 axe finds nothing on any placement, ${scheme}`, async () => {
		at.collector.playbook = playbook;
		const page = await at.open();
		await ready(page);
		await page.emulateMedia({ reducedMotion: "reduce" });
		await furnish(page, { scheme, direction });
		await page.evaluate(axe);
		assert.deepEqual(await findings(page, options), [], "the page itself");
		for (const name of Object.keys(gallery)) {
			await show(page, name);
			assert.deepEqual(await findings(page, options), [], name);
			if (await open(page, name)) assert.deepEqual(await findings(page, options), [], `${name}, opened`);
			await close(page);
		}
	});
