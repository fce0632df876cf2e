// Builds js/dist: the face and its lazy chunks, the types, the licences. The wasm modules and their
// glue are put at js/dist/wasm by `cargo xtask wasm`.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildCli } from "./build-cli.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Bundles the face into `dist`. */
export async function buildFace(dist) {
	const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
	const { metafile } = await build({
		entryPoints: [join(here, "src/index.ts")],
		outdir: dist,
		bundle: true,
		format: "esm",
		splitting: true,
		minify: true,
		sourcemap: true,
		sourcesContent: true,
		target: ["es2022"],
		chunkNames: "[name]-[hash]",
		// The glue stays beside its wasm file.
		external: ["./wasm/*"],
		define: { RIPEN_VERSION: JSON.stringify(version) },
		metafile: true,
		legalComments: "none",
	});
	return metafile;
}

/** Chunks carry their hash: those of an earlier build would be packed too. */
function sweep(dist) {
	if (!existsSync(dist)) return;
	for (const name of readdirSync(dist)) if (/-[A-Z0-9]{8}\.js(\.map)?$/.test(name)) rmSync(join(dist, name));
}

/** `.d.ts` of what is public; the rest of the face's types stay inside. */
function declare(dist) {
	const output = join(here, "../tests/output/types");
	const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
	const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", output];
	execFileSync(process.execPath, [tsc, "-p", join(here, "tsconfig.json"), ...options], { stdio: "inherit" });
	for (const name of ["index.d.ts", "types.d.ts"]) copyFileSync(join(output, name), join(dist, name));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const dist = join(here, "dist");
	mkdirSync(dist, { recursive: true });
	sweep(dist);
	await buildFace(dist);
	await buildCli(dist);
	declare(dist);
	for (const name of ["LICENSE-MIT", "LICENSE-APACHE"])
		copyFileSync(join(here, "..", name), join(here, name));
}
