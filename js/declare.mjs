// The types of the package: declarations of each entry, and of what they name. The rest of the sources' types stay inside.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtName, entries } from "./entries.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "../tests/output/types");
/** What a declaration names of its neighbours. */
const neighbours = /(?:from|import\()\s*"(\.{1,2}\/[^"]+)\.js"/g;

/** Puts the declarations of all entries, and of what they name, into `dist`. */
export function declare(dist) {
	const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
	const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", output];
	for (const project of ["tsconfig.json", "src/cli/tsconfig.json"])
		execFileSync(process.execPath, [tsc, "-p", join(here, project), ...options], { stdio: "inherit" });
	const wanted = new Set(entries.map(({ source }) => source.replace(/\.tsx?$/, "")));
	for (const name of wanted)
		for (const [, path] of readFileSync(join(output, `${name}.d.ts`), "utf8").matchAll(neighbours))
			wanted.add(join(dirname(name), path));
	for (const name of wanted) {
		mkdirSync(dirname(join(dist, name)), { recursive: true });
		copyFileSync(join(output, `${name}.d.ts`), join(dist, `${name}.d.ts`));
	}
	mkdirSync(join(dist, "vite"), { recursive: true });
	copyFileSync(join(here, "src/vite/client.d.ts"), join(dist, "vite/client.d.ts"));
	// An entry is declared where it is built.
	for (const entry of entries) {
		const source = entry.source.replace(/\.tsx?$/, "");
		if (source !== builtName(entry)) throw new Error(`${entry.source} is to be built as ${builtName(entry)}`);
	}
}
