// What the pages for front-end developers show in TypeScript is what the package's types allow.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { blocksOf } from "./blocks.mjs";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const output = fileURLToPath(new URL("../output/docs/", import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const blocks = readdirSync(docs)
	.filter((name) => name.endsWith(".md"))
	.flatMap((name) =>
		blocksOf(readFileSync(join(docs, name), "utf8"))
			// `apart`: it shows mistakes, or declares names that would hold in all other blocks; tests/types has such.
			.filter(({ language, use }) => /^tsx?$/.test(language) && use !== "apart")
			.map(({ language, body }, at) => ({ file: `${name.slice(0, -3)}-${at + 1}.${language}`, body })),
	);
for (const { file, body } of blocks) writeFileSync(join(output, file), body);
const dist = "../../../js/dist";
writeFileSync(
	join(output, "tsconfig.json"),
	JSON.stringify({
		extends: "../../../js/tsconfig.json",
		compilerOptions: {
			jsx: "react-jsx",
			rootDir: "../../..",
			types: ["node"],
			// Each block is a file of its own, though some of them import nothing.
			moduleDetection: "force",
			paths: { ripen: [`${dist}/index.d.ts`], "ripen/*": [`${dist}/*.d.ts`] },
		},
		include: ["."],
		exclude: [],
	}),
);
const { mistakes } = (() => {
	try {
		execFileSync(process.execPath, [tsc, "--pretty", "false", "-p", output], { encoding: "utf8" });
		return { mistakes: "" };
	} catch (error) {
		return { mistakes: `${error.stdout}` };
	}
})();

for (const { file } of blocks)
	test(`${file} has no mistake`, () => {
		const own = mistakes.split("\n").filter((line) => line.includes(file));
		assert.deepEqual(own, []);
	});

test("there are such blocks, and nothing but them has mistakes", () => {
	assert.ok(blocks.length >= 2);
	assert.deepEqual(
		mistakes.split("\n").filter((line) => line && !blocks.some(({ file }) => line.includes(file))),
		[],
	);
});
