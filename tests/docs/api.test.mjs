// docs/api.md is what the package declares; and the reading of declarations that writes it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { entries } from "../../js/entries.mjs";
import { apiPage } from "../../xtask/docs/api.mjs";
import { declarationsOf, introductionOf, membersOf } from "../../xtask/docs/declarations.mjs";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/api.md", root), "utf8");

test("docs/api.md is what the package declares; else: npm run docs", () => {
	const now = apiPage(fileURLToPath(new URL("js/dist", root)), entries).split("\n");
	const written = page.split("\n");
	const at = now.findIndex((line, at) => line !== written[at]);
	assert.deepEqual(written[at], now[at], `line ${at + 1} differs: npm run docs`);
	assert.equal(written.length, now.length, "npm run docs");
});

test("it has each function of every entry that can be imported here, once, and says something of each", async () => {
	const headings = [...page.matchAll(/^### (.*)\n\n(.*)/gm)];
	const names = headings.map(([, name]) => name);
	assert.deepEqual(
		names.filter((name, at) => names.indexOf(name) < at),
		[],
	);
	const index = await import(new URL("js/dist/index.js", root));
	const react = await import(new URL("js/dist/react.js", root));
	for (const name of [...Object.keys(index), ...Object.keys(react)]) {
		const [, , text] =
			headings.find(([, heading]) => heading === name) ?? assert.fail(`${name} is not there`);
		assert.doesNotMatch(text, /^```/, `${name} has no comment in js/src`);
	}
});

test("every option of `init` and every member of health() is told of", () => {
	for (const heading of ["Options", "Events", "Health, the type"]) {
		const [, section] = page.split(`\n### ${heading}\n`);
		const rows = section.split("\n### ")[0].match(/^\| `.*$/gm);
		assert.ok(rows.length >= 5, heading);
		for (const each of rows) assert.doesNotMatch(each, /\| {2}\|$/, `${heading}: ${each} says nothing`);
	}
});

test("a declaration has the comment before it; overloads are one; what goes on is indented, or closes", () => {
	const found = declarationsOf(`/** The file's. */
import type { A } from "./a.js";
/**
 * One
 * sentence.
 *
 * @example
 * one();
 */
export declare function one(): void;
export declare function one(a: A): void;
type Inner = {
    b: 1;
};
/** Two. */
export interface Two<T> extends A {
    /** Of b. */
    b?: Inner | {
        c: T;
    };
    d(e: string): void;
}
export {};
`);
	assert.deepEqual(
		found.map(({ name, kind, isExported, doc }) => [name, kind, isExported, doc?.text]),
		[
			["one", "function", true, "One sentence."],
			["Inner", "type", false, undefined],
			["Two", "interface", true, "Two."],
		],
	);
	assert.deepEqual(found[0].doc.examples, ["one();"]);
	assert.equal(found[0].text.split("\n").length, 2);
	assert.deepEqual(
		membersOf(found[2].text).map(({ name, type, doc }) => [name, type, doc?.text]),
		[
			["b?", "Inner | { c: T; }", "Of b."],
			["d", "(e: string): void", undefined],
		],
	);
});

test("the first comment is the file's only where no declaration follows it", () => {
	assert.equal(introductionOf('/** Mine. */\nexport * from "./a.js";\n').text, "Mine.");
	assert.equal(introductionOf("/** Its. */\nexport interface A {\n}\n"), undefined);
});
