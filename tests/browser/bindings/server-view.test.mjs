// How `ripen/node` sees somebody is how the page does that they use.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openEngine } from "../../../js/dist/node.js";
import { inChromiumForReal, move } from "../real.mjs";

const at = inChromiumForReal();
const playbook = JSON.parse(readFileSync(new URL("../../../www/playbook.json", import.meta.url), "utf8"));

test("given the events that a page has sent, then a server has the view of the page, now and a week later", async () => {
	const page = await at.enter(playbook, { person: "ada", nudges: false });
	const engine = await openEngine(playbook);
	const same = async () => {
		await page.evaluate(() => window.ripen.flush());
		const { knownSince, account_as_of, revision, ...seen } = await page.evaluate(() => window.ripen.view());
		const { revision: own, ...known } = engine.view({ person: "ada", events: at.kept(), at: seen.at });
		assert.deepEqual(known, seen);
		return seen;
	};
	await page.evaluate(() => {
		window.ripen.identify("ada", { role: "founder" });
		window.ripen.track("project_created");
		for (let i = 0; i < 3; i++) window.ripen.track("task_created");
	});
	await page.waitForFunction(() => window.ripen.view()?.stages.journey === "set_up");
	const first = await same();
	assert.equal(first.traits.user.role, "founder");
	await move(page, 8 * 24 * 60 * 60_000);
	await page.evaluate(() => window.ripen.track("task_completed"));
	await page.waitForFunction((at) => window.ripen.view()?.at > at, first.at);
	const second = await same();
	assert.equal(second.signals.completed, 1);
});
