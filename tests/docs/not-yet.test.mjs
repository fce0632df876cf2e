// The guide's list of what is not there yet, and its operators, are those of the compiler's tables.
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

test("what the compiler refuses as not there yet is what the guide lists", () => {
	const refused = tables(/(?:not_yet: &|const LATER: [^=]*=\s*)\[([^\]]*)\]/g);
	assert.ok(sources.length > 20, `only ${sources.length} sources are found`);
	const [, list] = /<!-- not yet -->([\s\S]*?)<!-- \/not yet -->/.exec(guide);
	const listed = words(list.replaceAll(/\(.*?\)/g, "").replaceAll(/^\| `on` /gm, "| "));
	assert.deepEqual(sorted(listed), sorted(refused));
});

test("the guide names every operator that there is", () => {
	const operators = tables(/const (?:OPERATORS|CONNECTIVES): [^=]*=\s*\[([^\]]*)\]/g);
	assert.ok(operators.size >= 15, `only ${operators.size} are found in the sources`);
	const [, section] = /^\| operator \|.*\n([\s\S]*?)\n\n/m.exec(guide);
	assert.deepEqual(sorted([...words(section)].filter((word) => /^\$\w+$/.test(word))), sorted(operators));
});
