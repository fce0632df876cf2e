import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, ready } from "./browser.mjs";
import { inChromiumForReal, minute, move, start } from "./real.mjs";

const at = inChromiumForReal();
const day = 24 * 60 * minute;
const playbook = {
	signals: { tasks: { count: "task_created" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "started", when: { "signals.tasks": { $gte: 1 } } }] },
	},
	moments: { busy: { motion: "self_serve", when: { "signals.tasks": { $gte: 2 } } } },
};
const told = () =>
	at.kept().filter(({ event }) => /^\$(stage_changed|moment_fired|digest)$/.test(event ?? ""));
const send = (page) => page.evaluate(() => window.ripen.flush());

for (const mode of ["events", "signals"])
	test(`in mode ${mode} the collector is told of stages, moments, and once a day of how the person stands`, async () => {
		const page = await at.enter(playbook, { person: "ada", mode });
		await page.evaluate(() => {
			window.ripen.track("task_created", { title: "secret" });
			window.ripen.track("task_created", { title: "secret" });
		});
		await page.waitForFunction(() => window.ripen.view()?.moments.includes("busy"));
		await send(page);
		const of = (name) => told().filter(({ event }) => event === name);
		assert.deepEqual(
			of("$stage_changed").map(({ properties: { ladder, from, to } }) => [ladder, from, to]),
			[
				["journey", null, "new"],
				["journey", "new", "started"],
			],
		);
		const [moment] = of("$moment_fired");
		const [digest] = of("$digest");
		assert.equal(moment.properties.moment, "busy");
		assert.deepEqual(moment.properties.stages, { journey: "started" });
		assert.equal(digest.properties.day, "2026-03-02");
		assert.equal(digest.properties.momentum, "new");
		assert.equal("signals" in digest.properties, false, "how often they did what is nobody's");
		assert.equal(told().length, 4);
		assert.equal(
			JSON.stringify(at.kept()).includes("secret"),
			mode === "events",
			"raw events leave in one of the two",
		);

		// Neither a reload nor another tab tells any of it again.
		await page.reload();
		await ready(page);
		await page.evaluate(() => window.ripen.track("task_created"));
		await send(page);
		assert.equal(told().length, 4);
		assert.equal(await page.evaluate(() => window.ripen.view().signals.tasks), 3, "nobody folds them");
		await move(page, day);
		await page.evaluate(() => window.ripen.track("task_created"));
		await page.waitForFunction(() => window.ripen.view()?.signals.tasks === 4);
		await send(page);
		assert.deepEqual(
			told().flatMap(({ properties }) => properties.day ?? []),
			["2026-03-02", "2026-03-03"],
		);
		assert.deepEqual(await errorsOf(page), []);
	});

test("a day on which a person only looks has no digest: to load a page is no activity", async () => {
	const page = await at.enter(playbook, { person: "ada", clock: start });
	await send(page);
	assert.deepEqual(
		told().map(({ event }) => event),
		["$stage_changed"],
		"only that there is somebody",
	);
	assert.equal((await healthOf(page)).waiting, 0);
});
