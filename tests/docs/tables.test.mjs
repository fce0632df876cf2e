// The guide's lists of operators, placements, actions and texts are those of the compiler's tables.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/playbook.md", root), "utf8");
const folder = new URL("src/playbook/", root);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
const sources = files.map((name) => readFileSync(new URL(name, folder), "utf8"));
const strings = (text) => [...text.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
const words = (text) => new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
const tables = (pattern) =>
	new Set(sources.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, list]) => strings(list))));
const sorted = (set) => [...set].sort();

/** What stands in the first column of the table under a heading. */
function firstColumn(heading) {
	const [, section] = guide.split(`\n### ${heading}\n`);
	assert.ok(section, `there is no heading "${heading}"`);
	const rows = section
		.split("\n### ")[0]
		.split("\n")
		.filter((line) => line.startsWith("| `"));
	return new Set(rows.flatMap((row) => [...words(row.split("|")[1])]));
}

test("the guide names every operator that there is", () => {
	const operators = tables(/const (?:OPERATORS|CONNECTIVES): [^=]*=\s*\[([^\]]*)\]/g);
	assert.ok(sources.length > 20, `only ${sources.length} sources are found`);
	assert.ok(operators.size >= 15, `only ${operators.size} are found in the sources`);
	const [, section] = /^\| operator \|.*\n([\s\S]*?)\n\n/m.exec(guide);
	assert.deepEqual(sorted([...words(section)].filter((word) => /^\$\w+$/.test(word))), sorted(operators));
});

for (const [heading, pattern, least] of [
	["Where: placement", /const KINDS: [^=]*=\s*\[(\s*\("banner"[^\]]*)\]/g, 11],
	["What its buttons do: actions", /const DEEDS: [^=]*=\s*\[([^\]]*)\]/g, 9],
	["What it says: content", /const CONTENT: Names = Names::of\(&\[([^\]]*)\]/g, 18],
])
	test(`the guide names all of "${heading}"`, () => {
		const known = tables(pattern);
		assert.ok(known.size >= least, `only ${known.size} are found in the sources`);
		assert.deepEqual(
			sorted([...firstColumn(heading)].filter((word) => !word.startsWith("{"))),
			sorted(known),
		);
	});
