import assert from "node:assert/strict";
import { test } from "node:test";
import { banner, decisions, inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const playbook = { nudges: { hint: nudge({ on: { event: "project_opened" } }) } };

test("without consent a nudge is decided in memory, and blocked by that; once it is given, it shows", async () => {
	const page = await at.enter(playbook, { person: "ada", consent: "pending" });
	await page.evaluate(() => window.ripen.track("project_opened"));
	await page.waitForFunction(() => window.seen.decisions.length > 0);
	const [{ won, considered }] = await decisions(page);
	assert.deepEqual([won, considered[0].verdict, considered[0].by], [null, "blocked", "consent"]);
	await page.evaluate(() => window.ripen.setConsent("granted"));
	await page.waitForFunction(() => window.ripen.health().engine === "ready");
	await page.evaluate(() => window.ripen.track("project_opened"));
	await banner(page).waitFor();
});
