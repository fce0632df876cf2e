#!/usr/bin/env node
/** `ripen …`: the command line. What it can do is in `commands.ts`; the playbook's meaning is in the toolkit (wasm). */
import { run } from "./commands.js";
import { Failure } from "./failure.js";
import { paint, toStderr } from "./output.js";

try {
	process.exitCode = await run(process.argv.slice(2));
} catch (error) {
	const label = paint("error:", "red", process.stderr);
	if (error instanceof Failure) {
		await toStderr(`ripen: ${label} ${error.message}\n`);
		process.exitCode = error.exitCode;
	} else {
		const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
		await toStderr(`ripen: ${label} this is a bug in Ripen, not in your files\n${detail}\n`);
		process.exitCode = 70;
	}
}
