// Who signs out while a nudge of theirs is on its way: it does not come, and nobody hears a word of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const playbook = (more) => ({ signals: { tasks: { count: "task_created" } }, nudges: { tip: nudge(more) } });
const warnings = (page) => page.evaluate(() => window.seen.warnings);
/** Evaluated anew, for nobody yet. */
const anew = (page, before) =>
	page.waitForFunction((before) => {
		const view = window.ripen.view();
		return view === undefined || view.person !== before;
	}, before);

test("C12 C24 given who signs out while what draws is on its way, then nothing is drawn, and nothing fails", async () => {
	const page = await at.enter(playbook({ on: { event: "opened" } }), { person: "ada" });
	let release;
	const released = new Promise((resolve) => {
		release = resolve;
	});
	const asked = [];
	await page.route("**/draw-*.js", async (route) => {
		asked.push(route.request().url());
		await released;
		await route.continue();
	});
	await page.evaluate(() => window.ripen.track("opened"));
	await until("on its way", () => asked.length === 1);
	await page.evaluate(() => window.ripen.reset());
	await anew(page, "ada");
	release();
	await page.evaluate(() => window.ripen.flush());
	await page.waitForFunction(() => window.ripen.health().engine === "ready");
	await page.waitForFunction(() =>
		performance.getEntriesByType("resource").some(({ name }) => /draw-/.test(name)),
	);
	await page.evaluate(
		() => import(performance.getEntriesByType("resource").find(({ name }) => /draw-/.test(name)).name),
	);
	await page.evaluate(() => window.ripen.flush());
	assert.equal(await page.getByRole("region", { name: "A hint" }).count(), 0);
	assert.deepEqual(await warnings(page), []);
	assert.deepEqual(await errorsOf(page), []);
});

test("C12 C24 given a host that draws, and says so after its user has signed out, then nothing throws, and it is too late", async () => {
	const page = await at.enter(playbook({ on: { event: "opened" }, placement: { kind: "headless" } }), {
		person: "ada",
	});
	await page.evaluate(() => {
		window.ripen.on("nudge", (due) => {
			window.due = due;
		});
		window.ripen.track("opened");
	});
	await page.waitForFunction(() => window.due);
	await page.evaluate(() => window.ripen.reset());
	await anew(page, "ada");
	const ended = await page.evaluate(() => {
		window.due.report("shown");
		window.due.report("ignored");
		return window.due.signal.aborted;
	});
	assert.equal(ended, true);
	assert.deepEqual(await at.told(page, "$nudge_shown"), []);
	assert.deepEqual(await warnings(page), []);
	assert.deepEqual(await errorsOf(page), []);
});
