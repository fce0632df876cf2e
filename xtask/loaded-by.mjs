/** Which files of the package a page loads, by following its imports. */
import { statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { root } from "./places.mjs";

/**
 * Chunks that only some pages ask for, and of what: each part is what no page loads that asks for none of these, and for
 * none of the parts below.
 */
const parts = {
	/** Where there are nudges. */
	nudges: /^(draw|elements)-/,
	/** Where the host vouches for who has signed in. */
	signed: /^snapshot-/,
	/** Where something is missing, full or broken, or somebody wants to be forgotten. */
	trouble: /^(forget|indexeddb-rare|localstorage|storage-channel|warning-texts|without-locks)-/,
	/** Where somebody who writes a playbook looks into it. */
	debug: /^(debug|explain|preview)-/,
};

/**
 * The files that `entry` leads to, each with its part: `face` (the entry and what it imports at once), `later` (what
 * every page loads: engine, glue, wasm), one of `parts`, or `toolkit` (what only a playbook given as an object needs).
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
	const names = ["face", "later", ...Object.keys(parts), "toolkit"];
	const partOf = new Map([...face].map((path) => [path, "face"]));
	for (const [at, part] of names.entries()) {
		const isClosed = (path) =>
			(part !== "toolkit" && leadsToToolkit(path)) ||
			names.slice(at + 1).some((later) => parts[later]?.test(basename(path)));
		for (const path of part === "face" ? [] : partOf.keys())
			for (const kind of ["import-statement", "dynamic-import"])
				for (const next of imports(path, kind))
					if (!partOf.has(next) && !(kind === "dynamic-import" && isClosed(next))) partOf.set(next, part);
	}
	return [...partOf]
		.map(([path, part]) => ({ path: resolve(root, path), part }))
		.flatMap((file) => [file, ...wasmOf(file)])
		.sort((one, other) => names.indexOf(one.part) - names.indexOf(other.part));
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
