// `ripen replay` against the oracle, line by line: the hand-written cases, seven real years, and generated logs.
//
// ORACLE_SEEDS=300 tries more generated logs than the 30 by default. ORACLE_CLI names another command line than the
// built one.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { eventLines, firstDifference } from "./compare.mjs";
import { generate } from "./generate.mjs";
import { replay } from "./replay.mjs";
import { beyondScope } from "./scope.mjs";

const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const cli = process.env.ORACLE_CLI ?? fromRoot("js/dist/cli.js");
const seeds = Number(process.env.ORACLE_SEEDS ?? 30);
const folder = mkdtempSync(join(tmpdir(), "ripen-oracle-"));
after(() => rmSync(folder, { recursive: true }));

async function ripenReplay(playbookFile, eventsFile, at, timeline) {
	const options = ["--playbook", playbookFile, "--events", eventsFile];
	if (at !== undefined) options.push("--at", at);
	if (timeline) options.push("--timeline");
	const run = promisify(execFile)(process.execPath, [cli, "replay", ...options], { maxBuffer: 2 ** 28 });
	const { stdout } = await run.catch((error) =>
		assert.fail(`ripen replay failed (${error.code}): ${error.stderr}`),
	);
	return stdout
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}

async function compare(label, playbookFile, eventsFile, at, wanted) {
	for (const mode of ["final", "timeline"]) {
		const given = await ripenReplay(playbookFile, eventsFile, at, mode === "timeline");
		const difference = firstDifference(wanted[mode], given);
		assert.equal(
			difference,
			undefined,
			`${label}${at === undefined ? "" : `, --at ${at}`}, ${mode}: ${difference}`,
		);
	}
}

/** Writes a case to the temporary folder and compares both outputs on it. */
async function compareCase(label, name, playbook, events, at) {
	const playbookFile = join(folder, `${name}.json`);
	const eventsFile = join(folder, `${name}.ndjson`);
	writeFileSync(playbookFile, JSON.stringify(playbook));
	writeFileSync(eventsFile, events);
	await compare(label, playbookFile, eventsFile, at, replay(playbook, events, at));
}

function vectors() {
	const cases = JSON.parse(readFileSync(fromRoot("tests/vectors/semantics/cases.json"), "utf8"));
	for (const [index, each] of cases.entries()) {
		it(each.name, async (t) => {
			const beyond = beyondScope(each.playbook);
			if (beyond.length > 0) return t.skip(`beyond the oracle: ${beyond.join(", ")}`);
			await compareCase(each.name, `case-${index}`, each.playbook, eventLines(each.events), each.at);
		});
	}
}

function contributions() {
	const eventsFile = fromRoot("../shared/data/contributions.ndjson.gz");
	for (const name of ["playbook.json", "playbook.account.json"]) {
		it(`contributions, ${name}`, async (t) => {
			if (!existsSync(eventsFile)) {
				console.error(`NOT COMPARED: ${name}, for ../shared/data/contributions.ndjson.gz is absent`);
				return t.skip("../shared/data/contributions.ndjson.gz is absent");
			}
			const playbookFile = fromRoot(`tests/contributions/${name}`);
			const playbook = JSON.parse(readFileSync(playbookFile, "utf8"));
			const wanted = replay(playbook, gunzipSync(readFileSync(eventsFile)));
			assert.ok(
				wanted.final.length > 150 && wanted.timeline.length > 5000,
				"the oracle found seven years of people",
			);
			await compare(`contributions, ${name}`, playbookFile, eventsFile, undefined, wanted);
		});
	}
}

function generated() {
	for (let seed = 0; seed < seeds; seed++) {
		it(`seed ${seed}`, async () => {
			const { playbook, events, at } = generate(seed);
			const again = `seed ${seed} (node tests/oracle/generate.mjs ${seed} FOLDER)`;
			await compareCase(again, `seed-${seed}`, playbook, events, at);
		});
	}
}

if (existsSync(cli)) {
	describe("cases of semantics.md", { concurrency: 2 }, vectors);
	describe("generated logs", { concurrency: 2 }, generated);
	describe("seven real years", contributions);
} else {
	test("the command line is built", () => assert.fail(`${cli} is absent; build first: npm run build`));
}
