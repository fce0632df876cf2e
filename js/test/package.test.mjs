// What the package offers, and what is packed of it, say the same.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { entries, exportsOf } from "../entries.mjs";

const js = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(js, "package.json"), "utf8"));

test("`exports` is what the list of entries says, types first, and every file is built", () => {
	assert.deepEqual(manifest.exports, exportsOf());
	const files = Object.values(manifest.exports).flatMap((at) =>
		typeof at === "string" ? at : Object.values(at),
	);
	assert.ok(files.length > entries.length);
	assert.deepEqual(
		files.filter((file) => !existsSync(join(js, file))),
		[],
	);
	for (const at of Object.values(manifest.exports))
		if (typeof at === "object") assert.equal(Object.keys(at)[0], "types");
});

test("C21 every entry that a page or a server imports can be imported where there is no window", async () => {
	assert.equal(typeof globalThis.window, "undefined");
	for (const { name, kind } of entries) {
		if (kind === "alone" || kind === "tool") continue;
		const ripen = await import(join(js, manifest.exports[name].default));
		assert.equal(ripen.init({ writeKey: "wk" }), undefined, name);
		assert.equal(ripen.track("looked"), undefined, name);
		assert.equal(ripen.view(), undefined, name);
	}
});

test("C25 only the entry that says so names a file of WebAssembly beside it, and only one has it inside", () => {
	const built = (name) => readFileSync(join(js, "dist", name), "utf8");
	assert.match(built("index.js"), /new URL\("\.\/wasm\/ripen_bg\.wasm",import\.meta\.url\)/);
	for (const name of ["slim.js", "inline.js"]) assert.doesNotMatch(built(name), /import\.meta/, name);
	assert.match(built("inline.js"), /import\("\.\/inlined\.js"\)/);
	assert.match(built("inlined.js"), /"AGFzbQ/, "the magic number, as base64");
});
