// docs/troubleshooting.md has each warning that there is, and marks those that are counted as dropped.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/troubleshooting.md", root), "utf8");
const folder = new URL("js/src/", root);
const sources = new Map(
	readdirSync(folder, { recursive: true })
		.filter((name) => name.endsWith(".ts") && !/^(cli|testing)\b/.test(name))
		.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
);
const texts = [...sources.get("warning-texts.ts").matchAll(/^\t(\w+):/gm)].map(([, code]) => code);
const [, section] = guide.split("\n## Every warning\n");
const rows = [...section.matchAll(/^\| `(\w+)`( ●)? \| (.*) \| (.*) \|$/gm)];

test("every code of a warning has its row, in order, with what it means and what to do", () => {
	assert.ok(texts.length > 30);
	assert.deepEqual(
		rows.map(([, code]) => code),
		texts.toSorted(),
	);
	for (const [, code, , meaning, remedy] of rows) assert.ok(meaning && remedy, code);
});

test("every code that the sources warn with is one of them", () => {
	const used = [...sources.values()].flatMap((text) =>
		[...text.matchAll(/\bwarn\("(\w+)"/g)].map(([, code]) => code),
	);
	assert.ok(used.length > 30);
	assert.deepEqual(
		used.filter((code) => !texts.includes(code)),
		[],
	);
});

test("every code that the sources drop an event with is marked", () => {
	const used = [...sources.values()].flatMap((text) =>
		[...text.matchAll(/\bdrop(?:ped)?\("(\w+)"/g)].map(([, code]) => code),
	);
	const marked = rows.filter(([, , mark]) => mark).map(([, code]) => code);
	assert.ok(used.length > 5);
	for (const code of used)
		assert.ok(
			marked.includes(code) || guide.includes(`\`${code}\` counts`),
			`${code} is not marked as dropped`,
		);
});

test("its list of symptoms is the list of its headings", () => {
	const headings = [...guide.matchAll(/^## (.*)$/gm)].length;
	const [list] = guide.match(/^\[no events.*$/m);
	assert.equal(list.split(" · ").length, headings);
});
