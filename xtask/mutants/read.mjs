/**
 * The mutants of `tests/mutants`: each takes one protection away, by the smallest change that does, and names a test
 * that must fail then.
 */
import { readdirSync, readFileSync } from "node:fs";
import { at } from "../places.mjs";

/**
 * All of them, in the order of their ids. `C07.json` is a list of `{breaks, file, find, replace, testFile, test}`:
 * what it breaks in words; in which file which text is replaced by what; the file of the test and its whole name.
 */
export function readMutants() {
	return readdirSync(at("tests/mutants"))
		.filter((name) => name.endsWith(".json"))
		.sort()
		.flatMap((name) =>
			JSON.parse(readFileSync(at(`tests/mutants/${name}`), "utf8")).map((mutant) => ({
				id: name.slice(0, -".json".length),
				...mutant,
			})),
		);
}

/** The file's text with the mutant in it. Throws where it is not clear what to replace. */
export function mutated(text, { file, find, replace }) {
	const found = text.split(find).length - 1;
	if (found !== 1) throw new Error(`${file} has ${found} times, not once: ${find}`);
	// Not by `replace`, which gives a meaning to `$`.
	return text.split(find).join(replace);
}
