import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToString } from "vue/server-renderer";
import * as ripen from "../../../js/dist/index.js";
import { ready } from "../browser.mjs";
import { inFramework, known, onServer, playbook } from "./site.mjs";

const at = await inFramework("vue-page.mjs");
const { appOf } = await onServer("vue-app.mjs");
const served = (initialView) => renderToString(appOf(ripen, { writeKey: "wk" }, initialView, []));
const shows = (page, wanted) =>
	page.waitForFunction((wanted) => document.querySelector("main p")?.textContent === wanted, wanted);
const track = (page, ...events) =>
	page.evaluate((events) => events.map((event) => window.ripen.track(event)), events);
const seen = (page) => page.evaluate(() => window.seen);
const clean = async (page) => assert.deepEqual(await page.evaluate(() => window.mistakes), []);

test("C21 C24 the first frame is the server's, hydrated without a word; then there is one answer", async () => {
	const page = await at.app(
		{ playbook, initialView: known("ada", "set_up", 7) },
		await served(known("ada", "set_up", 7)),
	);
	await ready(page);
	await track(page, "task_created");
	await shows(page, "new 1 tasks");
	const [first, ...more] = await seen(page);
	assert.equal(first, "set_up 7");
	assert.ok(
		more.every((each) => /^new \S+$/.test(each)),
		`no frame knows nobody, nor is anything amiss: ${more}`,
	);
	await clean(page);
});

test("C24 what is known from an earlier visit is there when it is mounted, hydrated or not; a child may track at once (C23)", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await track(page, "task_created", "task_created");
	await shows(page, "set_up 2 tasks");
	await page.evaluate(() => window.ripen.flush());
	await page.reload();
	await page.waitForFunction(() => window.seen);
	assert.equal((await seen(page))[0], "set_up 2");
	const hydrated = await at.app({ playbook }, await served());
	await shows(hydrated, "set_up 2 tasks");
	assert.deepEqual((await seen(hydrated)).slice(0, 2), ["undefined undefined", "set_up 2"]);
	await clean(hydrated);
});

test("nothing is updated where nothing that was selected has changed; and who goes listens no more", async () => {
	const { nudges, ...quiet } = playbook;
	const page = await at.app({ playbook: quiet });
	await ready(page);
	await track(page, "task_created");
	await shows(page, "new 1 tasks");
	const before = (await seen(page)).length;
	await track(page, "project_created");
	await page.waitForFunction(() => window.ripen.view()?.signals.projects === 2);
	await track(page, "task_created");
	await shows(page, "set_up 2 tasks");
	assert.equal((await seen(page)).length, before + 1);
	assert.ok((await page.evaluate(() => window.listening())) > 0);
	await page.evaluate(() => window.app.leave());
	await page.waitForFunction(() => window.listening() === 0);
	await clean(page);
});

test("a nudge of the host's is due until it is answered", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await track(page, "task_created");
	const hint = page.getByRole("region", { name: "A hint" });
	await hint.getByRole("button", { name: "Close" }).click();
	await hint.waitFor({ state: "detached" });
	await page.evaluate(() => window.ripen.flush());
	const told = at.collector
		.kept()
		.map(({ event }) => event)
		.filter((event) => /^.nudge/.test(event));
	assert.deepEqual(told, ["$nudge_exposed", "$nudge_shown", "$nudge_dismissed"]);
	assert.equal((await page.locator('ripen-slot[name="sidebar"].side').boundingBox()).height, 120);
	await clean(page);
});

test("C24 who signs out is not to be seen any more", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await page.evaluate(() => window.ripen.identify("ada"));
	await track(page, "task_created", "task_created");
	await shows(page, "set_up 2 tasks");
	await page.evaluate(() => window.ripen.reset());
	await shows(page, "unknown no tasks");
	await clean(page);
});
