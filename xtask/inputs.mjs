/** The content of files and folders as one hash. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { at, root } from "./places.mjs";

/** Made, not written: never an input by way of the folder it is in (but it may be named itself). */
const made = (name) =>
	name === "node_modules" ||
	name === "target" ||
	name === "dist" ||
	name === ".git" ||
	name.endsWith(".ripen");

/** The files at or below `path`, in a fixed order. */
export function filesBelow(path) {
	const stat = statSync(path, { throwIfNoEntry: false });
	if (!stat) return [];
	if (!stat.isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.filter((name) => !made(name))
		.flatMap((name) => filesBelow(join(path, name)));
}

/** Of names and content; a path that does not exist counts as empty. */
export function hashOf(paths) {
	const hash = createHash("sha256");
	for (const file of paths.flatMap((path) => filesBelow(at(path)))) {
		const content = readFileSync(file);
		hash.update(`${relative(root, file).split(sep).join("/")}\0${content.length}\0`).update(content);
	}
	return hash.digest("hex");
}
