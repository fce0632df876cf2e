import assert from "node:assert/strict";
import { test } from "node:test";
import * as ripen from "../../../js/dist/index.js";
import { ready } from "../browser.mjs";
import { inFramework, known, onServer, playbook } from "./site.mjs";

const at = await inFramework("svelte-page.mjs");
const { served } = await onServer("svelte-app.mjs");
const shows = (page, wanted) =>
	page.waitForFunction((wanted) => document.getElementById("stage")?.textContent === wanted, wanted);
const track = (page, ...events) =>
	page.evaluate((events) => events.map((event) => window.ripen.track(event)), events);
const clean = async (page) => assert.deepEqual(await page.evaluate(() => window.mistakes), []);

test("C21 C24 the first frame is the server's, hydrated without a word; then there is one answer", async () => {
	const initialView = known("ada", "set_up", 7);
	const page = await at.app({ playbook, initialView }, served(ripen, initialView));
	await ready(page);
	await track(page, "task_created");
	await shows(page, "new");
	assert.deepEqual(await page.evaluate(() => window.seen), ["set_up", "new"]);
	await clean(page);
});

test("C24 a component knows at once what is known from an earlier visit; a nudge of the host's is answered; who signs out is gone", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await page.evaluate(() => window.ripen.identify("ada"));
	await track(page, "task_created", "task_created");
	await shows(page, "set_up");
	await page.getByRole("button", { name: "A hint" }).click();
	await page.getByRole("button", { name: "A hint" }).waitFor({ state: "detached" });
	await page.evaluate(() => window.ripen.flush());
	const told = at.collector.events.map(({ event }) => event).filter((event) => /^.nudge_[sd]/.test(event));
	assert.deepEqual(told, ["$nudge_shown", "$nudge_dismissed"]);
	await page.reload();
	await page.waitForFunction(() => window.seen);
	assert.equal((await page.evaluate(() => window.seen))[0], "set_up");
	await ready(page);
	await page.evaluate(() => window.ripen.reset());
	await shows(page, "unknown");
	await page.evaluate(() => window.leave());
	await clean(page);
});
