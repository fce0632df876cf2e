// A block of a guide that names a file is that file.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { blocksOf } from "./blocks.mjs";

const root = new URL("../../", import.meta.url);
const pages = readdirSync(new URL("docs/", root)).filter((name) => name.endsWith(".md"));
const shown = pages.flatMap((page) =>
	blocksOf(readFileSync(new URL(`docs/${page}`, root), "utf8"))
		.filter(({ use }) => use.includes("/"))
		.map(({ use, body }) => ({ page, use, body })),
);

for (const { page, use, body } of shown)
	test(`docs/${page} shows ${use} as it is`, () => {
		assert.equal(body, readFileSync(new URL(use, root), "utf8"));
	});

test("there are such blocks", () => {
	assert.ok(shown.length >= 4);
});
