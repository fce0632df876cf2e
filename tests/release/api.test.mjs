import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { apiProblems, command, reportsOf, writeReports } from "../../xtask/release/api.mjs";
import { declarationsOf } from "../../xtask/release/declarations.mjs";

const folder = mkdtempSync(join(tmpdir(), "ripen-api-"));
after(() => rmSync(folder, { recursive: true }));
const write = (path, text) => writeFileSync(join(folder, path), text);
const entries = [{ name: "." }, { name: "./react" }];
const last = `where that is meant, and docs/releasing.md allows it: ${command}`;

mkdirSync(join(folder, "react"));
write("index.js", 'export const init = () => {}; export * from "./other.js";');
write("other.js", "export const track = () => {};");
write("react.js", 'import { useState } from "react"; export const useView = () => useState();');
const index = `import type { Options } from "./types.js";
/** Starts it. */
export declare const init: (options: Options) => void;
export {};
`;
const types = `/** Options. */
export interface Options {
    /** Names the tenant: "quoted /* and" is no comment. */
    writeKey: string;
}
/** What it is made of. */
type Inside = { a: 1 };
`;
write("index.d.ts", index);
write("types.d.ts", types);
write("react.d.ts", 'export * from "./react/use-view.js";\n');
write("react/use-view.d.ts", 'import type { A } from "react";\nexport declare function useView(): A;\n');
write("texts.ts", 'const texts = {\n\tbad_name: "A call was dropped:",\n\tall_well: "…",\n};\n');
const reports = () => reportsOf(folder, entries, join(folder, "texts.ts"));
const at = join(folder, "api");
writeReports(await reports(), at);

test("the report has a page for each declaration file that an entry leads to, and no comments", async () => {
	const pages = await reports();
	assert.deepEqual([...pages.keys()].sort(), [
		...["index.api.md", "react.api.md", "react/use-view.api.md", "types.api.md", "warnings.api.md"],
	]);
	assert.match(pages.get("index.api.md"), /^# `ripen`: index\.d\.ts$/m);
	assert.match(pages.get("index.api.md"), /^When it runs it has `init`, `track`\.$/m);
	assert.match(pages.get("react.api.md"), /^# `ripen\/react`: react\.d\.ts$/m);
	assert.match(
		pages.get("types.api.md"),
		/interface Options \{\n {4}writeKey: string;\n\}\ntype Inside|type Inside/,
	);
	assert.doesNotMatch(pages.get("types.api.md"), /\/\*/);
	assert.deepEqual(apiProblems(pages, at), []);
});

test("a change of a declaration that was not written down is told, with the lines and the command", async () => {
	write("types.d.ts", types.replace("writeKey: string", "writeKey?: string"));
	assert.deepEqual(apiProblems(await reports(), at), [
		"js/api/types.api.md: the API has changed\n- writeKey: string;\n+ writeKey?: string;",
		last,
	]);
	write("types.d.ts", types.replace("Names the tenant", "Names who you are"));
	assert.deepEqual(apiProblems(await reports(), at), [], "another comment is no change");
	write("types.d.ts", types);
});

test("so is what an entry no longer exports when it runs, a new file, and one that is gone", async () => {
	write("index.js", "export const init = () => {};");
	assert.match(
		apiProblems(await reports(), at)[0],
		/- When it runs it has `init`, `track`\.\n\+ .*`init`\.$/,
	);
	write("index.js", 'export const init = () => {}; export * from "./other.js";');

	const more = join(folder, "more.d.ts");
	writeFileSync(more, "export type More = 1;\n");
	write("index.d.ts", `${index}export type * from "./more.js";\n`);
	const [first, second] = apiProblems(await reports(), at);
	assert.match(first, /index\.api\.md: the API has changed\n\+ export type \* from "\.\/more\.js";/);
	assert.match(second, /js\/api\/more\.api\.md: the API has changed/);
	writeReports(await reports(), at);
	write("index.d.ts", index);
	assert.ok(
		apiProblems(await reports(), at).includes(
			"js/api/more.api.md: nothing of this name is declared any more",
		),
	);
	writeReports(await reports(), at);
	assert.ok(!readdirSync(at).includes("more.api.md"));
});

test("a code of warnings that is renamed is a change, another text is none", async () => {
	const text = readFileSync(join(folder, "texts.ts"), "utf8");
	write("texts.ts", text.replace("A call was dropped", "Dropped"));
	assert.deepEqual(apiProblems(await reports(), at), []);
	write("texts.ts", text.replace("bad_name", "name_bad"));
	assert.deepEqual(apiProblems(await reports(), at), [
		"js/api/warnings.api.md: the API has changed\n- - `bad_name`\n+ - `name_bad`",
		last,
	]);
	write("texts.ts", text);
});

test("declarations are in order of names, overloads in their own; that one is deprecated is kept", () => {
	const text = `export declare function b(a: string): void;
export declare function b(a: number): void;
/**
 * Old.
 * @deprecated Take b, for a reason.
 */
export declare const a: {
    /** @deprecated */
    x: 1;
};
`;
	assert.deepEqual(declarationsOf(text), [
		"@deprecated\nexport declare const a: {\n    @deprecated\n    x: 1;\n};",
		"export declare function b(a: string): void;",
		"export declare function b(a: number): void;",
	]);
});
