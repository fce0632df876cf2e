import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumForReal, losePast, putState, settled, start, stateOf } from "./real.mjs";

const at = inChromiumForReal();
const projects = { projects: { count: "project_created" } };
const before = { signals: projects };
const after = {
	signals: { ...projects, tasks: { count: "task_created" } },
	moments: { busy: { when: { "signals.tasks": { $gte: 2 } }, motion: "self_serve" } },
};

/** A browser in which things have happened under the first playbook, all of them sent. */
async function used() {
	const page = await at.enter(before, { person: "ada" });
	await page.evaluate(() => {
		window.ripen.track("project_created");
		for (let i = 0; i < 3; i++) window.ripen.track("task_created");
	});
	await settled(page);
	return page;
}

async function underNew(page, more) {
	await page.close();
	const next = await at.enter(after, { clock: start + 1_000, ...more });
	await next.waitForFunction(() => window.ripen.view());
	return { next, view: await next.evaluate(() => window.ripen.view()) };
}

test("given a new playbook, then a signal that is new begins with what was before, and nothing fires", async () => {
	const { next, view } = await underNew(await used());
	assert.deepEqual(view.signals, { projects: 1, tasks: 3 });
	assert.equal("since" in view, false, "the log reaches back to the first event");
	assert.deepEqual(view.moments, ["busy"]);
	const changes = await next.evaluate(() => window.seen.changes.flatMap(({ changes }) => changes));
	assert.deepEqual(
		changes.filter(({ kind }) => kind === "moment"),
		[],
	);
});

test("given that the first events are gone, then the view says since when the new signal knows", async () => {
	const page = await used();
	const { past } = await stateOf(page);
	assert.deepEqual(
		past.filter(({ json }) => json).map(({ json }) => JSON.parse(json).event ?? JSON.parse(json).type),
		["identify", "project_created", "task_created", "task_created", "task_created"],
	);
	await losePast(page, past[0].key, past[2].key);
	const { view } = await underNew(page);
	assert.deepEqual(view.signals, { projects: 1, tasks: 2 });
	assert.deepEqual(view.since, { tasks: start });
});

test("given the same playbook, then what is gone changes nothing", async () => {
	const page = await used();
	await losePast(page, (await stateOf(page)).past[0].key);
	await page.close();
	const next = await at.enter(before);
	await next.waitForFunction(() => window.ripen.view());
	const view = await next.evaluate(() => window.ripen.view());
	assert.deepEqual([view.signals, view.since], [{ projects: 1 }, undefined]);
});

test("given a snapshot that cannot be read, then what is left of the past is folded anew", async () => {
	const page = await used();
	const { past } = await stateOf(page);
	await putState(page, [["snapshot", { position: past.at(-1).key, snapshot: new Uint8Array([1, 2, 3]) }]]);
	const { view } = await underNew(page);
	assert.deepEqual([view.person, view.signals], ["ada", { projects: 1, tasks: 3 }]);
});

test("C14 the log of recent events is bounded by their number", async () => {
	const page = await used();
	const first = (await stateOf(page)).past[0].key;
	// They come before the others.
	const rows = Array.from({ length: 5_000 }, (_, i) => ({ key: (i + 1) / 10_000, json: "{}" }));
	await putState(page, [
		...rows.map((row) => [row.key, row]),
		["past", { events: 5_005, characters: 20_000 }],
	]);
	await page.evaluate(() => window.ripen.track("task_created"));
	await settled(page);
	const { past, count } = await stateOf(page);
	assert.equal(past.length, 4_000);
	assert.equal(count.events, 4_000);
	assert.ok(past.some(({ key }) => key === first));
	const own = past.filter(({ key }) => key >= 1).length;
	assert.equal(past[0].key, rows[1_000 + own].key, "the oldest are gone");
});

test("C14 and by their size", async () => {
	const page = await used();
	const rows = [0.1, 0.2, 0.3].map((key) => ({ key, json: "x".repeat(1024 * 1024) }));
	await putState(page, [
		...rows.map((row) => [row.key, row]),
		["past", { events: 8, characters: 3 * 1024 * 1024 }],
	]);
	await page.evaluate(() => window.ripen.track("task_created"));
	await settled(page);
	const { past, count } = await stateOf(page);
	assert.deepEqual(
		past.map(({ key }) => key).filter((key) => key < 1),
		[0.3],
	);
	assert.ok(count.characters < 2 * 1024 * 1024);
});
