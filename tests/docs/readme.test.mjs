// README: what it shows runs, it leads everywhere, and it is short.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { blocksOf } from "./blocks.mjs";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const entry = new URL("js/dist/index.js", root);
const blocks = blocksOf(readme);
const script = blocks.find(({ language }) => language === "js").body;

test("the snippet runs, here as on a server: it does nothing and throws nothing", async () => {
	assert.match(script, /from "ripen";/);
	await import(
		`data:text/javascript,${encodeURIComponent(script.replace('"ripen"', JSON.stringify(entry.href)))}`
	);
});

test("the snippet is ten lines, and what it imports is there and used", async () => {
	assert.ok(script.split("\n").filter(Boolean).length <= 10);
	const exported = Object.keys(await import(entry));
	const [, names] = /import \{ ([^}]+) \}/.exec(script);
	for (const name of names.split(", ")) {
		assert.ok(exported.includes(name), name);
		assert.match(script, new RegExp(`\\b${name}\\(`));
	}
});

test("the playbook of the quick start has no mistake", () => {
	const [{ body }] = blocks.filter(({ language }) => language === "json");
	const cli = fileURLToPath(new URL("js/dist/cli.js", root));
	const said = execFileSync(process.execPath, [cli, "check", "-"], { input: body, encoding: "utf8" });
	assert.match(said, /^0 errors/m);
});

test("every page of the documentation is linked from it, or from a page that it links", () => {
	const pages = readdirSync(new URL("docs/", root), { recursive: true })
		// Releasing is for those who know where it is.
		.filter((name) => name.endsWith(".md") && !/^(decisions\/|releasing)/.test(name))
		.map((name) => `docs/${name}`);
	const linked = new Set(["README.md"]);
	for (const page of linked) {
		const here = new URL(page, root);
		for (const [, path] of readFileSync(here, "utf8").matchAll(/\]\(([^)#\s:]+\.md)(?:#[^)]*)?\)/g))
			linked.add(new URL(path, here).href.slice(root.href.length));
	}
	assert.ok(pages.length > 20);
	assert.deepEqual(
		pages.filter((page) => !linked.has(page)),
		[],
		'link them in README, "And then"',
	);
});

test("it is read in three minutes, and names the package that is built", () => {
	const words = readme.replaceAll(/```[\s\S]*?```|\]\([^)]*\)/g, " ").match(/[\p{L}\d]+/gu).length;
	assert.ok(words < 800, `${words} words: what is long belongs into docs/`);
	const { version } = JSON.parse(readFileSync(new URL("js/package.json", root), "utf8"));
	assert.ok(readme.includes(`ripen-${version}.tgz`));
});
