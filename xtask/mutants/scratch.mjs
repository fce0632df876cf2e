/** A copy of the sources in which mutants live, so that none ever stands in the working tree. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../command.mjs";
import { filesBelow } from "../inputs.mjs";
import { at } from "../places.mjs";
import { mutated } from "./read.mjs";

/** Below the working tree: modules are found in its `node_modules`. */
export const scratch = at("target/mutants/tree");
const inScratch = (path) => join(scratch, path);

/** Makes the copy what the working tree is. Files that are the same keep their times, so that cargo builds little. */
export async function freshScratch() {
	const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
	const sources = new Set(listed.split("\0").filter((path) => path && existsSync(at(path))));
	for (const path of sources) put(path, readFileSync(at(path)));
	for (const path of filesBelow(scratch)) if (!sources.has(path.slice(scratch.length + 1))) rmSync(path);
}

function put(path, content) {
	const copy = inScratch(path);
	if (existsSync(copy) && readFileSync(copy).equals(content)) return;
	mkdirSync(dirname(copy), { recursive: true });
	writeFileSync(copy, content);
}

/** Does `work` while a mutant is in the copy. */
export async function withMutant(mutant, work) {
	const copy = inScratch(mutant.file);
	const sound = readFileSync(copy, "utf8");
	writeFileSync(copy, mutated(sound, mutant));
	try {
		return await work();
	} finally {
		writeFileSync(copy, sound);
	}
}

/** The face of the copy, at its `js/dist`, on the modules of the working tree. Throws if it cannot be built. */
export async function buildFace() {
	rmSync(inScratch("js/dist"), { recursive: true, force: true });
	const wasm = at("js/dist/wasm");
	if (existsSync(wasm)) cpSync(wasm, inScratch("js/dist/wasm"), { recursive: true });
	const script = 'import("./js/build.mjs").then(({ buildFace }) => buildFace("js/dist"))';
	await run(process.execPath, ["--eval", script], { cwd: scratch });
}
