// The shipped modules and the back-forward cache: what the engine leaves behind must not run in a frozen page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf } from "./browser.mjs";
import { inChromiumForReal, settled } from "./real.mjs";

const at = inChromiumForReal({ backForwardCache: true });
const playbook = { signals: { steps: { count: "step" } } };
const steps = (page, count) =>
	page.waitForFunction((count) => window.ripen.view()?.signals.steps === count, count);

test("C09 C10 a page whose sender is gone, since all was sent, comes back from the back-forward cache, and goes on", async () => {
	// When it would run, nobody can say: mostly while the page is frozen, which it is not any more then.
	await at.context.addInitScript(() => {
		window.registered = 0;
		FinalizationRegistry.prototype.register = () => window.registered++;
	});
	const page = await at.enter(playbook);
	await page.evaluate(() => window.ripen.track("step"));
	await settled(page);
	await at.awayAndBack(page);
	assert.equal(await page.evaluate(() => window.registered), 0);
	await page.evaluate(() => window.ripen.track("step"));
	await steps(page, 2);
	assert.deepEqual(await errorsOf(page), []);
});
