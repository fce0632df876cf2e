// What a newer collector may publish, and this version cannot draw.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready } from "./browser.mjs";
import { nudges } from "./site.mjs";

const at = inChromium();

test("C41 a nudge of a placement that this version does not know is left out, and named; the next one is shown", async () => {
	const odd = { ...nudges.hint, placement: { kind: "hologram" } };
	at.collector.playbook = JSON.stringify({ nudges: { ...nudges, odd } });
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.track("due", { nudge: "odd" }));
	await page.waitForFunction(() => window.seen.warnings.length > 0);
	const [{ code, message }] = await page.evaluate(() => window.seen.warnings);
	assert.equal(code, "nudge_placement_unknown");
	assert.match(message, /odd$/);
	await page.evaluate(() => window.ripen.track("due", { nudge: "hint" }));
	await page.getByRole("region", { name: "A hint" }).waitFor();
	await page.evaluate(() => window.ripen.flush());
	const shown = at.collector.kept().filter(({ event }) => event === "$nudge_shown");
	assert.deepEqual(
		shown.map(({ properties }) => properties.nudge),
		["hint"],
	);
	assert.deepEqual(await errorsOf(page), []);
});
