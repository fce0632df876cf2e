import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build } from "esbuild";
import { builtName, entries, exportsOf } from "../../js/entries.mjs";
import { at } from "../../xtask/places.mjs";
import { manifestProblems } from "../../xtask/release/manifest.mjs";
import { changed, files } from "./real.mjs";

const manifest = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
const want = { files, exported: exportsOf(), node: ">=20", license: "MIT OR Apache-2.0" };
const problems = (change, besides = {}) =>
	manifestProblems({ ...manifest, ...change }, { ...want, ...besides });

test("what is missing is named, field by field", () => {
	for (const field of ["description", "license", "types", "engines", "publishConfig"])
		assert.ok(problems({ [field]: undefined }).includes(`js/package.json: ${field} is missing`), field);
	assert.deepEqual(problems({ keywords: [] }), ["js/package.json: keywords are missing"]);
	assert.deepEqual(problems({ sideEffects: undefined }), ["js/package.json: sideEffects says nothing"]);
});

test("what is not so is named", () => {
	const found = (change, besides) => problems(change, besides).join();
	assert.match(found({}, { license: "MIT" }), /license is MIT OR Apache-2\.0, the workspace's is MIT$/);
	assert.match(found({}, { node: ">=22" }), /engines\.node is >=20, the workspace's is >=22/);
	assert.match(found({ exports: { ".": "./dist/index.js" } }), /exports is not what js\/entries\.mjs says/);
});

test("nothing runs where it is installed, and nothing else is installed with it", () => {
	assert.deepEqual(problems({ dependencies: { tiny: "1" } }), ["js/package.json: there are dependencies"]);
	assert.deepEqual(problems({ scripts: { postinstall: "node x" } }), [
		"js/package.json: the script postinstall would run where it is installed",
	]);
});

test("what is imported is a peer, and every peer is optional and imported", () => {
	const react = (peers, meta) => problems({ peerDependencies: peers, peerDependenciesMeta: meta }).join("\n");
	assert.match(react({}, {}), /imports react, which is no peer/);
	assert.match(react(manifest.peerDependencies, {}), /react is wanted of everybody: not optional/);
	const unused = { ...manifest.peerDependencies, leftpad: "1" };
	const optional = { ...manifest.peerDependenciesMeta, leftpad: { optional: true } };
	assert.deepEqual(problems({ peerDependencies: unused, peerDependenciesMeta: optional }), [
		"js/package.json: nothing imports the peer leftpad",
	]);
	const typed = changed({
		"dist/types.d.ts": '/** import("none") */ type A = import("@other/types/deep").B;',
	});
	assert.match(
		problems({}, { files: typed }).join("\n"),
		/dist\/types\.d\.ts imports @other\/types, which is no peer/,
	);
});

/** The bytes that a bundler makes of a page that imports this, and uses nothing of it. */
async function bytesFor(entry) {
	const { outputFiles } = await build({
		stdin: { contents: `import "./js/dist/${builtName(entry)}.js"`, resolveDir: at(".") },
		bundle: true,
		write: false,
		minify: true,
		format: "esm",
		packages: "external",
		external: ["./wasm/*"],
		logLevel: "silent",
	});
	return outputFiles[0].contents.length;
}

test("an entry that nothing is used of costs nothing, but for the one that is there for its effect", async () => {
	const kept = [];
	for (const entry of entries) if ((await bytesFor(entry)) > 0) kept.push(entry.name);
	assert.deepEqual(kept, ["./global"]);
});
