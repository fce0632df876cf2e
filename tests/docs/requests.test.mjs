// docs/requests.md tells of the requests that docs/privacy.md lists, and of no other.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/** What a page's table asks of the collector: `POST HOST/v1/batch`. */
const asked = (text) =>
	[...new Set([...text.matchAll(/^\| `((?:GET|POST) HOST\/[^`?]+)/gm)].map(([, request]) => request))].sort();

test("what is asked of the collector is the same on both pages", () => {
	const [, section] = read("docs/privacy.md").split("\n## What is requested\n");
	const listed = asked(section.split("\n## ")[0]);
	assert.ok(listed.length >= 5, listed.join(" "));
	assert.deepEqual(asked(read("docs/requests.md")), listed);
});

test("the files that it names are those of the package", () => {
	const dist = new URL("js/dist/", root);
	const built = [...readdirSync(dist), ...readdirSync(new URL("wasm/", dist))];
	const named = [...read("docs/requests.md").matchAll(/`([\w-]+-)….js`|`(\w+\.wasm)`/g)];
	assert.ok(named.length >= 5);
	for (const [text, chunk, file] of named)
		assert.ok(
			built.some((name) => (chunk ? name.startsWith(chunk) : name === file)),
			text,
		);
});
