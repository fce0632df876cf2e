import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumForReal, settled, start } from "./real.mjs";

const at = inChromiumForReal();
const playbook = {
	signals: { runs: { sequence: ["opened", "saved"] }, saved: { count: "saved" } },
};
const runs = (page) => page.evaluate(() => window.ripen.view()?.signals.runs);

test("given two tabs whose events arrive out of order, then both fold them in order", async () => {
	const one = await at.enter(playbook, { clock: start + 200_000 });
	const two = await at.enter(playbook, { clock: start + 100_000 });
	await one.evaluate(() => window.ripen.track("saved"));
	for (const page of [one, two]) await page.waitForFunction(() => window.ripen.view()?.signals.saved === 1);
	assert.equal(await runs(one), 0);
	await two.evaluate(() => window.ripen.track("opened"));
	for (const page of [one, two]) await page.waitForFunction(() => window.ripen.view()?.signals.runs === 1);
	for (const page of [one, two]) assert.equal(await page.evaluate(() => window.ripen.health().late), 0);
});

test("given an event from before what a snapshot covers, then it is counted as late, and delivered", async () => {
	const one = await at.enter(playbook, { clock: start + 200_000 });
	await one.evaluate(() => window.ripen.track("saved"));
	await settled(one);
	await one.close();
	const two = await at.enter(playbook, { clock: start + 100_000 });
	await two.evaluate(() => window.ripen.track("opened"));
	await two.waitForFunction(() => window.ripen.health().late === 1);
	assert.equal((await at.told(two, "opened")).length, 1);
});
