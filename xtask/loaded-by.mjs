/** Which files of the package a page loads, by following its imports. */
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { root } from "./places.mjs";

/**
 * The files that `entry` leads to, each with its part: `face` (the entry and what it imports at once), `toolkit` (what
 * only a playbook given as an object needs), `later` (all else: engine, glue, wasm, nudges).
 */
export async function loadedBy(entry) {
	const { inputs } = await graph(entry);
	const imports = (path, kind) =>
		(inputs[path]?.imports ?? []).filter((each) => each.kind === kind).map((each) => each.path);
	const reach = (start, ...kinds) => {
		const seen = new Set(start);
		for (const path of seen) for (const kind of kinds) for (const next of imports(path, kind)) seen.add(next);
		return seen;
	};
	const first = Object.keys(inputs).find((path) => resolve(root, path) === entry);
	const face = reach([first], "import-statement");
	// A chunk of its own that leads to the toolkit's glue, and what nothing else leads to.
	const leadsToToolkit = (path) => [...reach([path], "import-statement")].some(isToolkit);
	const seen = new Set(face);
	for (const path of seen) {
		for (const next of [...imports(path, "import-statement"), ...imports(path, "dynamic-import")]) {
			if (!leadsToToolkit(next)) seen.add(next);
		}
	}
	const part = (path) => (face.has(path) ? "face" : seen.has(path) ? "later" : "toolkit");
	const found = [...reach([first], "import-statement", "dynamic-import")];
	return found
		.map((path) => ({ path: resolve(root, path), part: part(path) }))
		.flatMap((file) => [file, ...wasmOf(file)])
		.sort(
			(a, b) => ["face", "later", "toolkit"].indexOf(a.part) - ["face", "later", "toolkit"].indexOf(b.part),
		);
}

const isToolkit = (path) => /(^|\/)toolkit\.js$/.test(path);

/** wasm-bindgen's glue has its module beside it, under a name that only a URL mentions. */
function wasmOf({ path, part }) {
	const wasm = path.replace(/\.js$/, "_bg.wasm");
	return statSync(wasm, { throwIfNoEntry: false }) ? [{ path: wasm, part }] : [];
}

async function graph(entry) {
	const { metafile } = await build({
		entryPoints: [entry],
		absWorkingDir: root,
		bundle: true,
		splitting: true,
		format: "esm",
		outdir: join(dirname(entry), "unused"),
		write: false,
		metafile: true,
		logLevel: "silent",
	});
	return metafile;
}
