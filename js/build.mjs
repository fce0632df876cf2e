// Builds js/dist: the face and its lazy chunks, the types, the licences. The wasm modules and their
// glue are put at js/dist/wasm by `cargo xtask wasm`.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildCli } from "./build-cli.mjs";
import { declare } from "./declare.mjs";
import { builtName, entries } from "./entries.mjs";
import { inside, shortNames } from "./short-names.mjs";
import { styleText } from "./style-text.mjs";
import { wasmText } from "./wasm-text.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const sourcesOf = (kind) =>
	Object.fromEntries(
		entries
			.filter((entry) => entry.kind === kind)
			.map((entry) => [builtName(entry), join(here, "src", entry.source)]),
	);

const common = { format: "esm", minify: true, sourcemap: true, target: ["es2022"], legalComments: "none" };

/** How the face and its chunks are bundled into `dist`. */
export const faceOptions = (dist) => ({
	...common,
	entryPoints: sourcesOf("face"),
	outdir: dist,
	bundle: true,
	splitting: true,
	chunkNames: "[name]-[hash]",
	plugins: [styleText],
	// The glue stays beside its wasm file.
	external: ["./wasm/*"],
	mangleProps: inside,
	mangleCache: shortNames,
	define: {
		RIPEN_VERSION: JSON.stringify(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).version),
	},
	metafile: true,
});

/** Bundles the face into `dist`, and puts its doors beside it. */
export async function buildFace(dist) {
	const { metafile } = await build(faceOptions(dist));
	// A few lines each, and all of them before the first event: without a map.
	const doors = { ...common, minify: false, minifyWhitespace: true, minifySyntax: true, sourcemap: false };
	await build({ ...doors, entryPoints: sourcesOf("door"), outdir: dist });
	await build({
		...common,
		entryPoints: [join(here, "src/inlined.ts")],
		outdir: dist,
		bundle: true,
		plugins: [wasmText],
		sourcemap: false,
	});
	// A classic script, which may stand in the page itself.
	await build({
		...common,
		entryPoints: [join(here, "src/snippet/stub.ts")],
		outdir: dist,
		bundle: true,
		format: "iife",
		sourcemap: false,
	});
	return metafile;
}

/** Bundles what stands in for an entry in development: it imports the entry as it is. */
async function buildDevelopment(dist) {
	await build({
		...common,
		entryPoints: entries.flatMap(({ development }) => (development ? [join(here, "src", development)] : [])),
		outdir: dist,
		bundle: true,
		external: ["./index.js", "./inline.js", "./slim.js", "./wasm/*"],
	});
}

/** Bundles what stands alone into `dist`: what it binds to is the host's. */
async function buildAlone(dist) {
	await build({
		...common,
		entryPoints: sourcesOf("alone"),
		outdir: dist,
		bundle: true,
		packages: "external",
		jsx: "automatic",
	});
}

/** What an earlier build has left would be packed too. The wasm modules and the schema are others' work. */
function sweep(dist) {
	if (!existsSync(dist)) return;
	for (const path of readdirSync(dist, { recursive: true }))
		if (/\.(js|js\.map|d\.ts)$/.test(path) && !/^wasm\b/.test(path)) rmSync(join(dist, path));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const dist = join(here, "dist");
	mkdirSync(dist, { recursive: true });
	sweep(dist);
	await buildFace(dist);
	await buildAlone(dist);
	await buildDevelopment(dist);
	await buildCli(dist);
	declare(dist);
	for (const name of ["LICENSE-MIT", "LICENSE-APACHE"])
		copyFileSync(join(here, "..", name), join(here, name));
}
