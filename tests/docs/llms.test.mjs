// llms.txt lists every page, in the form that its readers know; llms-full.txt is all of it, and in the package.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { bundle, listed } from "../../xtask/docs/bundle.mjs";

const root = new URL("../../", import.meta.url);
const llms = readFileSync(new URL("llms.txt", root), "utf8");

test("it has a title, a summary, and sections of links to what is there", () => {
	const [title, , summary] = llms.split("\n");
	assert.match(title, /^# \w/);
	assert.match(summary, /^> \w/);
	for (const [, section] of llms.matchAll(/^## .*\n\n([\s\S]*?)(?=\n\n##|\n*$(?![\s\S]))/gm))
		for (const line of section.split("\n")) assert.match(line, /^- \[[^\]]+\]\([^)]+\)(: .+)?$/);
	for (const path of listed(llms)) assert.ok(existsSync(new URL(path, root)), path);
});

test("every page of the documentation is listed once; decisions are not", () => {
	const pages = readdirSync(new URL("docs/", root), { recursive: true })
		.filter((name) => name.endsWith(".md") && !name.startsWith("decisions/"))
		.map((name) => `docs/${name}`);
	// Of those that release it.
	const inside = ["docs/releasing.md"];
	const all = pages.filter((page) => !inside.includes(page)).sort();
	assert.deepEqual(listed(llms).sort(), all, "list the new one in llms.txt, where it is to be read");
});

test("the package carries all of it as one text, as it is now; else: npm run build", () => {
	const full = readFileSync(new URL("js/llms-full.txt", root), "utf8");
	assert.equal(full, bundle(fileURLToPath(root)));
	for (const path of listed(llms)) assert.ok(full.includes(`<!-- ${path} -->`));
	const { files } = JSON.parse(readFileSync(new URL("js/package.json", root), "utf8"));
	assert.ok(files.includes("llms-full.txt"));
});
