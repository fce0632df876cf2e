// Where tests put what they build.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const output = fileURLToPath(new URL("../output/", import.meta.url));

/** A folder of this process alone, which goes with it: files of tests run beside each other. */
export function outputFolder(name) {
	mkdirSync(output, { recursive: true });
	const folder = mkdtempSync(join(output, `${name}-`));
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
