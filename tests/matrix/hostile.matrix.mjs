// A playbook that somebody has got hold of, in each engine: whatever stands in it, nothing worse than text comes of it.
import assert from "node:assert/strict";
import { csp, isAnswered, kinds, nudges, prepare, press } from "../browser/hostile-nudges.mjs";
import { buildSite } from "../browser/site.mjs";
import { inEngines } from "./engines.mjs";

// No compiler lets such a playbook through: the module that stands in takes it as it is.
inEngines(
	{
		"C40 C26 hostile content, links, pictures, selectors and callbacks do nothing worse than show text":
			async (at) => {
				at.collector.csp = csp;
				at.collector.playbook = JSON.stringify({ nudges });
				// What the policy lets the page talk to.
				const page = await at.open({ does: ["open_plans"], host: at.origin });
				await page.ready();
				await page.evaluate(prepare);
				const address = await page.evaluate(() => location.href);
				let drawn = 0;
				for (const nudge of Object.keys(nudges)) {
					await page.evaluate((nudge) => window.ripen.track("due", { nudge }), nudge);
					await page.waitFor(`${nudge} is drawn, or refused`, isAnswered, nudge);
					drawn += await page.evaluate(press);
					await page.evaluate(() => window.ripen.reset());
					await page.waitFor(`${nudge} is gone`, () => !document.querySelector("ripen-nudge"));
				}
				assert.ok(drawn >= kinds.length * 3, `${drawn} of ${Object.keys(nudges).length} were drawn`);
				assert.equal(await page.evaluate(() => window.ownedBy), 0);
				assert.equal(await page.evaluate(() => "owned" in {}), false, "no prototype was touched");
				assert.deepEqual(await page.evaluate(() => window.violations), []);
				assert.deepEqual(await page.errors(), []);
				assert.equal(await page.evaluate(() => location.href), address);
			},
	},
	buildSite,
);
