import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";

// The face on the modules that are shipped: js/dist, as `npm run build` makes it.
const at = inChromium({ dist: fileURLToPath(new URL("../../js/dist", import.meta.url)) });
const playbook = JSON.parse(readFileSync(new URL("../../www/playbook.json", import.meta.url), "utf8"));
const events = (name) => at.collector.kept().filter(({ event }) => event === name);

test("given the playbook as an object, when a project is opened empty, then the hint comes and its outcome is known", async () => {
	at.collector.playbook = undefined;
	const page = await at.open({ playbook });
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada", { role: "founder" });
		window.ripen.track("project_created");
		window.ripen.track("project_opened");
	});
	const banner = page.getByRole("region", { name: "Every plan starts with one task" });
	await banner.waitFor();
	const view = await page.evaluate(() => window.ripen.view());
	assert.equal(view.person, "ada");
	assert.equal(view.signals.projects, 1);
	assert.equal(view.stages.journey, "new");
	assert.equal(view.traits.user.role, "founder");
	const [decision] = await page.evaluate(() => window.seen.decisions);
	assert.equal(decision.won, "first_task");
	await banner.getByRole("button", { name: "Close" }).click();
	await page.evaluate(() => window.ripen.flush());
	assert.equal(events("$nudge_shown").length, 1);
	assert.equal(events("$nudge_dismissed").length, 1);
	await page.evaluate(() => window.ripen.track("project_opened"));
	await page.waitForFunction(() => window.seen.decisions.length === 2);
	const again = await page.evaluate(() => window.seen.decisions[1]);
	assert.equal(again.won, null, "dismissed: it rests");
	assert.equal(again.considered[0].verdict, "blocked");
	assert.deepEqual(await errorsOf(page), []);
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
});

test("C24 the stage survives a reload, from the snapshot, and nothing counts twice", async () => {
	at.collector.playbook = undefined;
	const page = await at.open({ playbook });
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada");
		window.ripen.track("project_created");
		for (let i = 0; i < 3; i++) window.ripen.track("task_created");
		return window.ripen.flush();
	});
	await until("acknowledged", () => events("task_created").length === 3);
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	assert.equal((await page.evaluate(() => window.firstView)).stages.journey, "set_up");
	await ready(page);
	const view = await page.evaluate(() => window.ripen.view());
	assert.equal(view.state, "current");
	assert.deepEqual([view.stages.journey, view.signals.tasks], ["set_up", 3]);
	await page.evaluate(() => {
		window.ripen.track("task_created");
		return window.ripen.flush();
	});
	await page.waitForFunction(() => window.ripen.view()?.signals.tasks === 4);
});

test("C05 what a page spilled while it went, and then did write, is sent once, and counts once", async () => {
	at.collector.playbook = undefined;
	at.collector.down = true;
	// What the page leaves with the browser as it goes would be sent beside what the next one sends.
	await at.context.addInitScript(() => delete window.fetchLater);
	const page = await at.open({ playbook });
	await ready(page);
	await page.evaluate(async () => {
		const message = new Promise((resolve) => window.ripen.on("event", resolve));
		window.ripen.track("task_created");
		await window.ripen.flush();
		localStorage.setItem("ripen:wk:spill:gone", JSON.stringify([JSON.stringify(await message)]));
	});
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await ready(page);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("taken over", () => page.evaluate(() => !localStorage.getItem("ripen:wk:spill:gone")));
	// A try of before may be the one that fails.
	await until("sent", async () => (await page.evaluate(() => window.ripen.flush())).waiting === 0);
	assert.equal(at.collector.events.filter(({ event }) => event === "task_created").length, 1);
	assert.equal(await page.evaluate(() => window.ripen.view().signals.tasks), 1);
});

test("C33 two edges at once have one slot", async () => {
	at.collector.playbook = undefined;
	const page = await at.open({ playbook });
	await ready(page);
	await page.evaluate(() => {
		window.ripen.track("project_opened");
		window.ripen.track("project_opened");
	});
	await page.waitForFunction(() => window.seen.decisions.length === 2);
	const decisions = await page.evaluate(() => window.seen.decisions);
	assert.deepEqual(
		decisions.map(({ won, considered }) => [won, considered[0].by]),
		[
			["first_task", undefined],
			[null, "slot"],
		],
	);
});

test("a mistake in the playbook is a warning with its place, and events are delivered all the same", async () => {
	at.collector.playbook = undefined;
	const page = await at.open({ playbook: { signals: { tasks: { cuont: "task_created" } } } });
	const health = await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	assert.equal(health.delivered, 1);
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "playbook_failed"));
	const warnings = await page.evaluate(() => window.seen.warnings);
	const warning = warnings.find(({ code }) => code === "playbook_failed");
	assert.match(warning.message, /1:21: .*signals\.tasks/);
	assert.deepEqual(await errorsOf(page), []);
});

test("given a collector that fails, then the machine tries again by itself, and each event arrives once", async () => {
	at.collector.playbook = undefined;
	let failures = 2;
	at.collector.answer = () => ({ status: failures-- > 0 ? 503 : 200, headers: { "retry-after": "0" } });
	const page = await at.open({ playbook });
	await ready(page);
	await page.evaluate(() => {
		for (let i = 0; i < 3; i++) window.ripen.track("task_created");
		return window.ripen.flush();
	});
	await until("delivered", () => events("task_created").length === 3);
	await until("known", () => page.evaluate(() => window.ripen.health().waiting === 0));
	assert.equal(events("task_created").length, 3);
});
