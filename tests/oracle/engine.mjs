// `ripen replay` as the tests of the oracle call it: the command line, and its module in this process, which is what the
// command line runs, without half a second to start it for each of a thousand replays.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** ORACLE_CLI names another command line than the built one. */
export const cli = process.env.ORACLE_CLI ?? fileURLToPath(new URL("../../js/dist/cli.js", import.meta.url));

async function loadModule() {
	const folder = join(dirname(cli), "wasm");
	const toolkit = await import(pathToFileURL(join(folder, "toolkit.js")).href);
	toolkit.initSync({ module: readFileSync(join(folder, "toolkit_bg.wasm")) });
	return toolkit;
}

let loading;
const toolkit = () => {
	loading ??= loadModule();
	return loading;
};

const linesOf = (text) =>
	text
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));

/** Fails where `ripen check` refuses what the oracle takes to be valid. */
export async function sound(playbook) {
	const problems = (await toolkit()).check(JSON.stringify(playbook));
	const errors = problems.filter((problem) => problem.severity === "error").map((problem) => problem.message);
	assert.deepEqual(errors, [], "ripen check refuses what the oracle takes to be valid");
}

/** The lines of a replay in this process, as objects. */
export async function moduleReplay(playbook, events, at, timeline) {
	const replay = new (await toolkit()).Replay(JSON.stringify(playbook));
	replay.push(events);
	return linesOf(new TextDecoder().decode(replay.finish(at, timeline)));
}

/** The lines of `ripen replay`, as objects. */
export async function commandReplay(playbookFile, eventsFile, timeline) {
	const args = [cli, "replay", "--playbook", playbookFile, "--events", eventsFile];
	if (timeline) args.push("--timeline");
	const run = promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 });
	const { stdout } = await run.catch((error) =>
		assert.fail(`ripen replay failed (${error.code}): ${error.stderr}`),
	);
	return linesOf(stdout);
}
