/** Runs a test for as long as patience lasts: with a mutant in it, it may never end. */
import { run } from "../command.mjs";
import { scratch } from "./scratch.mjs";

/** What it wrote, whether it passed or not; undefined if it died, or had to be ended. */
export async function outputOf(program, args, { timeout, ...options }) {
	const start = performance.now();
	try {
		return await run(program, args, { cwd: scratch, timeout, ...options });
	} catch (error) {
		// Node's tests end by themselves when they are told to.
		if (/: SIG\w+$/.test(error.message) || performance.now() - start >= timeout) return undefined;
		if (/: exit code \d+$/.test(error.message)) return error.output;
		throw error;
	}
}
