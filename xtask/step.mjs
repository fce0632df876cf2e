/** Named steps of a build, each skipped while what goes into it is the same as the last time. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hashOf } from "./inputs.mjs";
import { at } from "./places.mjs";

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What stops a task: `message` says what is wrong, `wayOut` what to do about it. */
export class Stop extends Error {
	constructor(message, wayOut) {
		super(message);
		this.wayOut = wayOut;
	}
}

/**
 * Does `work` unless `inputs` (files and folders, by content) are those of the last success and all `outputs` exist;
 * without `inputs`, always. Prints one line. A failure is a `Stop` with the output of what failed.
 */
export async function step(name, { inputs, outputs = [], wayOut }, work) {
	const stamp = at(`target/stamps/${name.replaceAll(/\W+/g, "-").toLowerCase()}`);
	const hash = inputs && hashOf(inputs);
	const last = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
	if (inputs && last === hash && outputs.every((path) => existsSync(at(path)))) return;
	rmSync(stamp, { force: true });
	process.stdout.write(`${name} … `);
	const start = performance.now();
	try {
		await work();
		const missing = outputs.find((path) => !existsSync(at(path)));
		if (missing) throw new Error(`it left no ${missing}`);
	} catch (error) {
		process.stdout.write(`failed after ${seconds(start)}\n`);
		if (error.output) process.stdout.write(`${error.output.trimEnd()}\n`);
		throw new Stop(`${name}: ${error.message}`, error.wayOut ?? wayOut);
	}
	if (inputs) {
		mkdirSync(at("target/stamps"), { recursive: true });
		writeFileSync(stamp, hash);
	}
	process.stdout.write(`${seconds(start)}\n`);
}

/** Runs a task's main function; a `Stop` ends it with its message and way out instead of a stack. */
export async function task(main) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		console.error(`\nerror: ${error.message}`);
		if (error.wayOut) console.error(`  try: ${error.wayOut}`);
		process.exit(1);
	}
}
