// docs/start.md: short, and nothing in it that is not run, or checked by the compiler.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { blocksOf } from "./blocks.mjs";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/start.md", root), "utf8");

test("each block is at most 25 lines, and a file that is run, or TypeScript that is checked", () => {
	const blocks = blocksOf(guide);
	assert.ok(blocks.length >= 8);
	for (const { language, use, body } of blocks) {
		assert.ok(body.trimEnd().split("\n").length <= 25, body);
		assert.ok(use.includes("/") || /^(tsx?|svelte)$/.test(language), body);
	}
});

test("its list of examples is that of www/examples, and each is tried", () => {
	const [, section] = guide.split("\n## Small examples\n");
	const named = [...section.matchAll(/^\| \[([\w-]+)\]/gm)].map(([, name]) => name);
	const folders = readdirSync(new URL("www/examples/", root), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);
	// What has no page of its own is tried elsewhere.
	const elsewhere = ["consent", "hosts"];
	assert.deepEqual(named.sort(), folders.filter((name) => !elsewhere.includes(name)).sort());
	const tests = readFileSync(new URL("tests/browser/examples.test.mjs", root), "utf8");
	for (const name of named.filter((name) => name !== "proxy"))
		assert.match(tests, new RegExp(`open\\("${name}"`));
});
