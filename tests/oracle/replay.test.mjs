// `ripen replay` against the oracle, line by line: the hand-written cases, real and realistic logs, generated ones.
//
// ORACLE_SEEDS=300 tries more generated logs than the 60 by default. ORACLE_ALL=1 takes everybody in the real logs, of
// whom by default there is a sample, and the slow logs. ORACLE_CLI names another command line than the built one.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { eventLines, firstDifference } from "./compare.mjs";
import { cli, commandReplay, moduleReplay, sound } from "./engine.mjs";
import { generate } from "./generate.mjs";
import { generateMemories } from "./generate-memories.mjs";
import { replay } from "./replay.mjs";
import { sampleOf } from "./sample.mjs";
import { beyondScope } from "./scope.mjs";

const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const seeds = Number(process.env.ORACLE_SEEDS ?? 60);
const all = process.env.ORACLE_ALL === "1";
const folder = mkdtempSync(join(tmpdir(), "ripen-oracle-"));
after(() => rmSync(folder, { recursive: true }));

/** Compares both outputs on a case, `given(timeline)` being the engine's lines. Returns the oracle's. */
async function compare(t, label, playbook, events, at, given) {
	const beyond = beyondScope(playbook);
	if (beyond.length > 0) return t.skip(`beyond the oracle: ${beyond.join(", ")}`);
	await sound(playbook);
	const wanted = replay(playbook, events, at);
	for (const mode of ["final", "timeline"]) {
		const difference = firstDifference(wanted[mode], await given(mode === "timeline"));
		const stop = at === undefined ? "" : `, --at ${at}`;
		assert.equal(difference, undefined, `${label}${stop}, ${mode}: ${difference}`);
	}
	return wanted;
}

const compareCase = (t, label, playbook, events, at) =>
	compare(t, label, playbook, events, at, (timeline) => moduleReplay(playbook, events, at, timeline));

function vectors() {
	const cases = JSON.parse(readFileSync(fromRoot("tests/vectors/semantics/cases.json"), "utf8"));
	for (const { name, playbook, events, at } of cases)
		it(name, (t) => compareCase(t, name, playbook, eventLines(events), at));
}

/** `oneIn`: of how many people one is in the sample. */
function log(name, playbooks, oneIn, leastLines) {
	const path = `../shared/data/${name}.ndjson.gz`;
	for (const playbookPath of playbooks) {
		it(`${name}, ${playbookPath}`, async (t) => {
			if (!existsSync(fromRoot(path))) {
				console.error(`NOT COMPARED: ${playbookPath}, for ${path} is absent`);
				return t.skip(`${path} is absent`);
			}
			const playbook = JSON.parse(readFileSync(fromRoot(`tests/${playbookPath}`), "utf8"));
			const everybody = gunzipSync(readFileSync(fromRoot(path)));
			const events = all ? everybody : sampleOf(everybody, oneIn);
			const eventsFile = join(folder, `${name}.ndjson`);
			writeFileSync(eventsFile, events);
			const given = (timeline) => commandReplay(fromRoot(`tests/${playbookPath}`), eventsFile, timeline);
			const wanted = await compare(t, `${name} ${playbookPath}`, playbook, events, undefined, given);
			if (wanted) assert.ok(wanted.timeline.length > leastLines, "the oracle found people and their lives");
		});
	}
}

function logs() {
	const contributions = ["playbook.json", "playbook.account.json", "playbook.whole.json"];
	log(
		"contributions",
		contributions.map((each) => `contributions/${each}`),
		12,
		250,
	);
	log("store", ["store/playbook.json"], 6, 500);
}

function generated() {
	for (let seed = 0; seed < seeds; seed++) {
		const again = `seed ${seed} (node tests/oracle/generate.mjs ${seed} FOLDER)`;
		it(`seed ${seed}`, async (t) => {
			const { playbook, events, at } = generate(seed);
			await compareCase(t, again, playbook, events, at);
		});
	}
}

function memories() {
	for (const { name, slow, playbook, events } of generateMemories()) {
		it(name, (t) => {
			if (slow && !all) return t.skip("slow: with ORACLE_ALL=1 only");
			return compareCase(t, name, playbook, events);
		});
	}
}

if (existsSync(cli)) {
	describe("cases of semantics.md", vectors);
	describe("generated logs", generated);
	describe("the values seen last", memories);
	describe("real logs", logs);
} else {
	test("the command line is built", () => assert.fail(`${cli} is absent; build first: npm run build`));
}
