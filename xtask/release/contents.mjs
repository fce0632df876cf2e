/** Whether the tarball holds what it should, and nothing else: js/packed.mjs says what that is. */
import { posix } from "node:path";

/** What is wrong, a line for each file. `files` is path → content. */
export function contentProblems(files, { expected, allowed, ways }) {
	const wanted = new Set(expected);
	const led = leadTo(files, ways);
	const missing = expected.filter((path) => !files.has(path)).map((path) => `${path} is missing`);
	const stray = [...files.keys()]
		.filter((path) => !wanted.has(path))
		.flatMap((path) => {
			if (!allowed.some((pattern) => pattern.test(path))) return `${path} is on no list of js/packed.mjs`;
			return led.has(path) ? [] : `${path} is packed, and nothing that is exported leads to it`;
		});
	return [...missing, ...stray];
}

/** All that `ways` name by a relative path, and what that names. */
function leadTo(files, ways) {
	const seen = new Set(ways);
	for (const path of seen) {
		if (!/\.(js|d\.ts)$/.test(path)) continue;
		for (const next of named(path, files.get(path)?.toString() ?? "")) if (files.has(next)) seen.add(next);
	}
	return seen;
}

function named(path, text) {
	const beside = (name) => posix.join(posix.dirname(path), name);
	const relative = [...text.matchAll(/["'`](\.{1,2}\/[\w./-]+)["'`]/g)].map(([, name]) => beside(name));
	if (path.endsWith(".d.ts")) return relative.map((name) => name.replace(/\.js$/, ".d.ts"));
	return [...relative, ...mapOf(text).map(beside)];
}

/** The map that a script names, if any. */
export const mapOf = (text) => [...text.matchAll(/^\/\/# sourceMappingURL=(\S+)$/gm)].map(([, name]) => name);
