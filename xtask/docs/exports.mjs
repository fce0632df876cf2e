/** What a declaration file exports, its neighbours' included, and what its names stand for. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { declarationsOf, handedOn, introductionOf } from "./declarations.mjs";

/**
 * Reads files of `dist`: `{ exports, scope, introduction }`. `exports` is name → declaration, each declaration one object
 * however many files hand it on; `scope` is what a name means within the file.
 */
export function reader(dist) {
	const known = new Map();
	const beside = (name, path) => `${posix.join(posix.dirname(name), path)}.d.ts`;
	return function read(name) {
		const found = known.get(name);
		if (found) return found;
		const source = readFileSync(join(dist, name), "utf8");
		const file = { exports: new Map(), scope: new Map(), introduction: introductionOf(source) };
		known.set(name, file);
		for (const found of declarationsOf(source)) {
			const declaration = { ...found, file: name };
			file.scope.set(found.name, declaration);
			if (found.isExported) file.exports.set(found.name, declaration);
		}
		for (const { path, names } of handedOn(source)) {
			const there = read(beside(name, path)).exports;
			// What a file declares itself counts before what it hands on as a whole.
			for (const each of names ?? there.keys()) {
				if (!there.has(each)) throw new Error(`${name} exports ${each}, which ${path} does not declare`);
				if (!file.exports.has(each)) file.exports.set(each, there.get(each));
			}
		}
		for (const [, list, path] of source.matchAll(/^import (?:type )?\{([^}]*)\} from "(\.[^"]+)\.js";/gm))
			for (const each of list.split(","))
				named(file, read(beside(name, path)), each.trim().replace(/^type /, ""));
		for (const [, path, each] of source.matchAll(/import\("(\.[^"]+)\.js"\)\.(\w+)/g))
			named(file, read(beside(name, path)), each);
		return file;
	};
}

function named(file, there, name) {
	const declaration = there.exports.get(name);
	if (declaration && !file.scope.has(name)) file.scope.set(name, declaration);
}
