import assert from "node:assert/strict";
import test from "node:test";
import { folder, ripen, tasks } from "./ripen.mjs";

const drawn = { placement: { kind: "banner" }, content: { en: { title: "T" } } };
const book = {
	signals: { tasks: { count: "task_created" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 2 } } }] },
	},
	moments: { keen: { when: { "signals.tasks": { $gte: 3 } }, motion: "self_serve" } },
	policy: { holdout: 0 },
	nudges: {
		hint: { purpose: "help", on: { event: "task_created" }, ...drawn },
		tour: { purpose: "adopt", priority: 1, on: [{ event: "task_created" }, { call: "tour" }], ...drawn },
	},
};
const files = folder();
const playbook = files.put("playbook.json", JSON.stringify(book));
const events = files.put("events.ndjson", `${[...tasks("ada", 3), ...tasks("bob", 1)].join("\n")}\n`);
const replay = (...more) => ripen(["replay", "--playbook", playbook, "--events", events, ...more]);

test("--timeline says who would have been shown what, and warns once of what no recording has", async () => {
	const { code, out, err } = await replay("--timeline");
	assert.equal(code, 0, err);
	assert.match(err, /^warning: [^\n]* in no recording: tour may [^\n]*\n$/);
	const lines = out
		.split("\n")
		.filter((line) => line.includes('"nudge"'))
		.map((line) => JSON.parse(line));
	assert.deepEqual(
		lines.map(({ at, person, name }) => `${at.slice(11, 16)} ${person} ${name}`),
		["00:00 ada tour", "00:00 bob tour", "01:00 ada hint", "02:00 ada hint"],
	);
});

test("--summary --json is one object for programs", async () => {
	const { code, out, err } = await replay("--summary", "--json");
	assert.equal(code, 0, err);
	const { nudges, moments, rungs, competing } = JSON.parse(out);
	assert.deepEqual(
		nudges.map(({ nudge, reached, shown, weeks }) => ({ nudge, reached, shown, weeks })),
		[
			{ nudge: "hint", reached: 1, shown: 2, weeks: { "2026-W01": 1 } },
			{ nudge: "tour", reached: 2, shown: 2, weeks: { "2026-W01": 2 } },
		],
	);
	assert.deepEqual(nudges[1].blocked, { "policy.gap": 2 });
	assert.deepEqual(
		[...moments, ...rungs].map(({ moment, rung, reached }) => [moment ?? rung, reached]),
		[
			["keen", 1],
			["new", 2],
			["set_up", 1],
		],
	);
	assert.deepEqual(competing, [{ nudges: ["hint", "tour"], times: 2, won: [0, 2] }]);
});

test("--summary is tables for people", async () => {
	const { code, out, err } = await replay("--summary");
	assert.equal(code, 0, err);
	assert.match(out, /^nudge +people +2026-W01 +shown +won +outranked +held back most by$/m);
	assert.match(out, /^tour +2 +2 +2 +2 of 4 edges +0 +policy\.gap 2$/m);
	assert.match(out, /^journey\.set_up +1 +1$/m);
	assert.match(out, /^hint and tour +2 +0 +2$/m);
});

test("what does not go together is refused", async () => {
	for (const [args, words] of [
		[["--timeline", "--summary"], /one of --timeline and --summary/],
		[["--json"], /--json goes with --summary/],
	]) {
		const { code, err } = await replay(...args);
		assert.equal(code, 2);
		assert.match(err, words);
	}
});
