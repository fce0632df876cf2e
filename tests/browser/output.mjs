// Where tests put what they build.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const output = fileURLToPath(new URL("../output/", import.meta.url));

/**
 * A folder of this process alone, which goes with it: files of tests run beside each other. In the environment's
 * `TESTS_OUTPUT`, if that is set, where whoever set it looks into it, and removes it.
 */
export function outputFolder(name) {
	const kept = process.env.TESTS_OUTPUT;
	if (kept) {
		mkdirSync(join(kept, name), { recursive: true });
		return join(kept, name);
	}
	mkdirSync(output, { recursive: true });
	const folder = mkdtempSync(join(output, `${name}-`));
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
