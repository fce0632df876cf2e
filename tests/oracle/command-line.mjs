// `ripen replay` as the tests of the oracle call it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** ORACLE_CLI names another command line than the built one. */
export const cli = process.env.ORACLE_CLI ?? fromRoot("js/dist/cli.js");

const run = (args) => promisify(execFile)(process.execPath, [cli, ...args], { maxBuffer: 2 ** 28 });

/** What of a playbook `ripen check` refuses as not there yet, by name; any other refusal is a failure. */
export async function notThereYet(playbookFile) {
	const { stdout, stderr } = await run(["check", playbookFile]).catch((error) => error);
	const errors = `${stdout}\n${stderr}`.split("\n").filter((line) => /: error: /.test(line));
	const names = errors.map((line) => /: error: `([^`]+)` is not there yet/.exec(line)?.[1]);
	const refused = errors.filter((_, index) => names[index] === undefined);
	assert.deepEqual(refused, [], "ripen check refuses what the oracle takes to be valid");
	return [...new Set(names)];
}

/** The lines of `ripen replay`, as objects. */
export async function ripenReplay(playbookFile, eventsFile, at, timeline) {
	const options = ["--playbook", playbookFile, "--events", eventsFile];
	if (at !== undefined) options.push("--at", at);
	if (timeline) options.push("--timeline");
	const { stdout } = await run(["replay", ...options]).catch((error) =>
		assert.fail(`ripen replay failed (${error.code}): ${error.stderr}`),
	);
	return stdout
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}
