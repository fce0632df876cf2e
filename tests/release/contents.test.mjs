import assert from "node:assert/strict";
import { test } from "node:test";
import * as lists from "../../js/packed.mjs";
import { contentProblems } from "../../xtask/release/contents.mjs";
import { changed, pathOf } from "./real.mjs";

const problems = (changes) => contentProblems(changed(changes), lists);

test("a stray file is named, wherever it lies", () => {
	for (const path of [".env", "dist/notes.txt", "dist/slim.ts", "src/core.ts", "dist/wasm/other.wasm"])
		assert.deepEqual(problems({ [path]: "" }), [`${path} is on no list of js/packed.mjs`]);
});

test("a chunk of an earlier build, its map, and declarations of what is inside are named: nothing leads to them", () => {
	for (const path of ["dist/keeper-AAAAAAAA.js", "dist/keeper-AAAAAAAA.js.map", "dist/store/best.d.ts"])
		assert.deepEqual(problems({ [path]: "" }), [
			`${path} is packed, and nothing that is exported leads to it`,
		]);
});

test("what is missing is named: a licence, an entry, its types, its map, a module", () => {
	for (const path of [
		...["LICENSE-MIT", "THIRD-PARTY.md", "README.md", "dist/index.js", "dist/react.d.ts"],
		...["dist/slim.js.map", "dist/wasm/toolkit_bg.wasm", "dist/cli.js"],
	])
		assert.ok(problems({ [path]: undefined }).includes(`${path} is missing`), path);
});

test("what only a stray file leads to is stray as well", () => {
	const keeper = pathOf(/keeper-\w+\.js$/);
	const found = problems({ "dist/slim.js": "export {};" });
	assert.ok(
		found.includes(`${keeper} is packed, and nothing that is exported leads to it`),
		found.join("\n"),
	);
});
