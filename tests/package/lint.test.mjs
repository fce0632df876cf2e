// What packages get wrong in general, by those who know: of the tarball, as it would be published.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { run } from "../../xtask/command.mjs";
import { at } from "../../xtask/places.mjs";

const manifest = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
const tarball = at(`target/package/ripen-${manifest.version}.tgz`);
/** Files and no modules: WebAssembly, of which each bundler's loader makes something else, and a classic script. */
const files = Object.keys(manifest.exports).filter((name) => /\.(wasm|js)$/.test(name));

test("publint finds nothing in the tarball, not even a suggestion", async () => {
	const { buffer } = readFileSync(tarball);
	const { messages } = await publint({ pack: { tarball: buffer }, strict: true, level: "suggestion" });
	assert.deepEqual(
		messages.map((message) => formatMessage(message, manifest, { color: false })),
		[],
	);
});

test("C25 TypeScript finds the types of every entry, of a module, from Node and by bundlers (arethetypeswrong)", async () => {
	const args = [tarball, "--profile", "esm-only", "--no-color", "--exclude-entrypoints", ...files];
	const said = await run(at("node_modules/.bin/attw"), args);
	for (const name of Object.keys(manifest.exports).filter((name) => !files.includes(name)))
		assert.ok(said.includes(`"${name.replace(".", "ripen")}"`), `${name} was looked at: ${said}`);
});
