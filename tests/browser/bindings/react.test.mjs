import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text as consume } from "node:stream/consumers";
import { test } from "node:test";
import { createElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import * as ripen from "../../../js/dist/index.js";
import { ready, until } from "../browser.mjs";
import { inFramework, known, onServer, playbook } from "./site.mjs";

const at = await inFramework("react-page.jsx");
const { App } = await onServer("react-app.jsx");
/** As a server renders it. */
const app = (more) =>
	createElement(App, { ripen, options: { writeKey: "wk" }, seen: { push() {} }, ...more });
const shows = (page, id, wanted) =>
	page.waitForFunction(([id, wanted]) => document.getElementById(id)?.textContent === wanted, [id, wanted]);
const track = (page, ...events) =>
	page.evaluate((events) => events.map((event) => window.ripen.track(event)), events);
/** What the page has told that is not Ripen's own. */
const own = () => at.collector.kept().filter(({ event }) => event && event[0] !== "$");
const clean = async (page) =>
	assert.deepEqual(await page.evaluate(() => [window.mistakes, window.warnings]), [[], []]);

test("C22 C23 under StrictMode, what a child tracks before the provider has started is kept, in order, and there is one Ripen", async () => {
	const page = await at.app({ how: "strict", playbook });
	await ready(page);
	await page.evaluate(() => window.ripen.flush());
	assert.equal(await page.evaluate(() => window.inits), 2, "StrictMode mounts twice");
	// The child's effect ran twice, as StrictMode has it; both before the second call of init.
	await until("told", () => own().length === 2);
	assert.deepEqual(
		own().map(({ event }) => event),
		["project_created", "project_created"],
	);
	const streams = new Set(own().map(({ context }) => context.stream));
	assert.equal(streams.size, 1, "one page load");
	await clean(page);
});

test("a component renders anew only when what it selects says something else", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await track(page, "task_created");
	await shows(page, "tasks", "1");
	const before = await page.evaluate(() => window.seen.splice(0));
	assert.equal(before.filter((each) => each === "stage new").length, 1);
	await track(page, "project_created", "project_created");
	await page.waitForFunction(() => window.ripen.view()?.signals.projects >= 3);
	await track(page, "task_created");
	await shows(page, "stage", "set_up");
	await shows(page, "tasks", "2");
	assert.deepEqual((await page.evaluate(() => window.seen)).sort(), ["stage set_up", "tasks 2"]);
	await clean(page);
});

test("C24 what is known from an earlier visit is there before the first paint, and then there is one answer", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await track(page, "task_created", "task_created");
	await shows(page, "stage", "set_up");
	await page.evaluate(() => window.ripen.flush());
	await page.addInitScript(() => {
		window.painted = [];
		// What is on screen as each frame is painted.
		const look = () => {
			const found = document.getElementById("stage")?.textContent;
			if (found && window.painted.at(-1) !== found) window.painted.push(found);
			requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
	await page.reload();
	await ready(page);
	await track(page, "task_created");
	await shows(page, "tasks", "3");
	assert.deepEqual(await page.evaluate(() => window.painted), ["set_up"]);
	await clean(page);
});

test("C21 C24 the first frame is the server's, hydrated without a word; then there is one answer", async () => {
	const initialView = known("ada", "set_up", 7);
	const html = renderToString(app({ initialView }));
	assert.match(html, /<p id="stage">set_up<\/p>/);
	const page = await at.app({ how: "hydrate", playbook, initialView }, html);
	assert.equal(await page.evaluate(() => window.served), html);
	await ready(page);
	await track(page, "task_created");
	await shows(page, "tasks", "1");
	const stages = (await page.evaluate(() => window.seen)).filter((each) => /^stage/.test(each));
	assert.deepEqual(stages, ["stage set_up", "stage new"], "no frame says unknown");
	await clean(page);
});

test("C21 C24 a server that knows nobody and a browser that does are hydrated without a word, too", async () => {
	const first = await at.app({ playbook });
	await ready(first);
	await track(first, "task_created", "task_created");
	await shows(first, "stage", "set_up");
	await first.evaluate(() => window.ripen.flush());
	await first.close();
	const page = await at.app({ how: "hydrate", playbook }, renderToString(app()));
	await shows(page, "stage", "set_up");
	const stages = (await page.evaluate(() => window.seen)).filter((each) => /^stage/.test(each));
	assert.deepEqual(stages, ["stage undefined", "stage set_up"]);
	await ready(page);
	await clean(page);
});

test("C21 C24 what is streamed and hydrated later begins with the server's frame as well", async () => {
	const initialView = known("ada", "set_up", 7);
	let arrive;
	const late = new Promise((resolve) => {
		arrive = resolve;
	});
	const { pipe } = renderToPipeableStream(app({ initialView, late }), { onShellReady: () => pipe(out) });
	const out = new PassThrough();
	out.once("data", () => arrive());
	const html = await consume(out);
	assert.match(html, /Wait.*<p id="stage">set_up<\/p>/s);
	const page = await at.app({ how: "stream", playbook, initialView }, html);
	await ready(page);
	await track(page, "task_created");
	await page.waitForFunction(() => document.querySelectorAll("#stage").length === 2);
	await page.waitForFunction(() =>
		[...document.querySelectorAll("#stage")].every(({ textContent }) => textContent === "new"),
	);
	const stages = (await page.evaluate(() => window.seen)).filter((each) => /^stage/.test(each));
	assert.deepEqual([...new Set(stages)], ["stage set_up", "stage new"]);
	await clean(page);
});

test("a nudge of the host's is due until it is answered, and what became of it is told once", async () => {
	const page = await at.app({ how: "strict", playbook });
	await ready(page);
	await track(page, "task_created");
	const hint = page.getByRole("region", { name: "A hint" });
	await hint.getByText("One task first.").waitFor();
	assert.equal(await hint.locator("strong").textContent(), "task");
	await hint.getByRole("button", { name: "Close" }).click();
	await hint.waitFor({ state: "detached" });
	await page.evaluate(() => window.ripen.flush());
	const told = at.collector
		.kept()
		.map(({ event }) => event)
		.filter((event) => /^.nudge/.test(event));
	assert.deepEqual(told, ["$nudge_exposed", "$nudge_shown", "$nudge_dismissed"]);
	await clean(page);
});

test("C33 where the component that shows a nudge goes for good, it was ignored, once, and the slot is free", async () => {
	const page = await at.app({ how: "strict", playbook });
	await ready(page);
	await track(page, "task_created");
	await page.getByRole("region", { name: "A hint" }).waitFor();
	const outcomes = async () => {
		await page.evaluate(() => window.ripen.flush());
		return at.collector
			.kept()
			.map(({ event }) => event)
			.filter((event) => /^.nudge/.test(event));
	};
	assert.deepEqual(
		await outcomes(),
		["$nudge_exposed", "$nudge_shown"],
		"StrictMode has unmounted it before",
	);
	await page.evaluate(() => window.root.unmount());
	await until("it is told", async () => (await outcomes()).includes("$nudge_ignored"));
	const decided = page.evaluate(() => new Promise((told) => window.ripen.on("decision", told)));
	await track(page, "task_created");
	const { considered } = await decided;
	assert.notEqual(considered[0].by, "slot");
	assert.deepEqual((await outcomes()).slice(0, 3), ["$nudge_exposed", "$nudge_shown", "$nudge_ignored"]);
	await clean(page);
});

test("C24 who signs out is not to be seen any more, and neither is their nudge", async () => {
	const page = await at.app({ playbook });
	await ready(page);
	await page.evaluate(() => window.ripen.identify("ada"));
	await track(page, "task_created", "task_created");
	await shows(page, "stage", "set_up");
	await page.getByRole("region", { name: "A hint" }).waitFor();
	await page.evaluate(() => window.ripen.reset());
	await shows(page, "stage", "unknown");
	await page.getByRole("region", { name: "A hint" }).waitFor({ state: "detached" });
	await clean(page);
});

test("a slot keeps its place from the first frame on, and has the class that it is given", async () => {
	const page = await at.app({ playbook });
	const slot = page.locator('ripen-slot[name="sidebar"].side');
	assert.equal((await slot.boundingBox()).height, 120);
	await page.evaluate(() => window.root.unmount());
	assert.equal(await slot.count(), 0);
	await clean(page);
});
