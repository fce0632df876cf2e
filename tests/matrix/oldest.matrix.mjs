// The oldest frameworks that the bindings promise, tried by the tests of the newest; and `ripen/testing` where a document is
// not a browser's, by what its page shows.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { npm, run } from "../../xtask/command.mjs";
import { at } from "../../xtask/places.mjs";
import { blocksOf } from "../docs/blocks.mjs";

const folder = at("tests/matrix/oldest");
const quiet = ["--no-save", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
const documents = ["happy-dom", "jsdom"];
/** A test that starts tests is to hear them as anybody would. */
const node = (args, env) =>
	run(process.execPath, args, {
		cwd: at("."),
		timeout: 10 * 60_000,
		env: { NODE_TEST_CONTEXT: undefined, ...env },
	});
/** The bindings' imports of a framework lead to the oldest one, too. */
const hooks = pathToFileURL(join(folder, "resolve.mjs")).href;
const withDocument = (name) => ["--import", pathToFileURL(join(folder, `documents/${name}.mjs`)).href];

before(() => npm(["install", ...quiet], { cwd: folder }));

for (const name of documents)
	test(`with ${name}, the test that docs/testing.md shows passes`, async () => {
		const [{ body }] = blocksOf(readFileSync(at("docs/testing.md"), "utf8"));
		const { code } = await transform(body, { loader: "ts" });
		const output = at("tests/output/shown");
		mkdirSync(output, { recursive: true });
		const file = join(output, `${name}.test.mjs`);
		writeFileSync(file, code.replace('"ripen/testing"', '"../../../js/dist/testing.js"'));
		const said = await node([...withDocument(name), "--test-force-exit", "--test-reporter=tap", file]);
		assert.match(said, /^# pass 1$/m, said);
	});

test("happy-dom draws a nudge; jsdom cannot, and says so; stopped, neither keeps Node up", async () => {
	const [happy, js] = await Promise.all(
		documents.map(async (name) => JSON.parse(await node([...withDocument(name), join(folder, "drawn.mjs")]))),
	);
	assert.deepEqual(happy, { nudges: 1, store: "localstorage", drawn: true, failed: false });
	assert.deepEqual(js, { nudges: 1, store: "localstorage", drawn: false, failed: true });
});

for (const name of documents)
	test(`with ${name}, a component of React draws a nudge and says what became of it`, async () => {
		const args = [...withDocument(name), "--import", hooks, join(folder, "component.mjs")];
		const said = JSON.parse(await node(args, { RIPEN_FRAMEWORKS: folder }));
		assert.deepEqual(said, {
			shown: ["unknown ", "set_up A hint", "set_up "],
			told: ["$nudge_exposed", "$nudge_shown", "$nudge_dismissed"],
		});
	});

for (const [name, files, bundle] of [
	["React 18.3.1", ["tests/browser/bindings/react.test.mjs", "js/test/react.test.mjs"], "react-page.jsx"],
	["Vue 3.3.13", ["tests/browser/bindings/vue.test.mjs", "js/test/vue.test.mjs"], "vue-page.mjs"],
	["Svelte 4", ["js/test/svelte.test.mjs"]],
	["OpenFeature 1.0", ["js/test/openfeature.test.mjs"]],
])
	test(`what is tried with the newest version holds with ${name}`, async (t) => {
		mkdirSync(at("tests/output"), { recursive: true });
		const output = mkdtempSync(at("tests/output/oldest-"));
		t.after(() => rmSync(output, { recursive: true, force: true }));
		const said = await node(["--test", "--test-reporter=tap", "--test-concurrency=1", ...files], {
			TESTS_OUTPUT: output,
			RIPEN_FRAMEWORKS: folder,
			NODE_OPTIONS: `--import ${hooks}`,
		});
		assert.match(said, /^# fail 0$/m, said);
		assert.doesNotMatch(said, /^# pass 0$/m);
		// It was that version indeed which ran in the page.
		const [, version] = name.split(" ");
		if (bundle) assert.ok(readFileSync(join(output, bundle, "app.js"), "utf8").includes(`"${version}"`));
	});

test("the types of the bindings hold with those of React 18", async () => {
	const project = at("tests/output/oldest-types");
	mkdirSync(project, { recursive: true });
	const types = join(folder, "node_modules/@types/react");
	const dist = at("js/dist");
	const config = {
		extends: at("js/test/types/tsconfig.json"),
		compilerOptions: {
			rootDir: at("."),
			paths: {
				ripen: [`${dist}/index.d.ts`],
				"ripen/*": [`${dist}/*.d.ts`],
				react: [`${types}/index.d.ts`],
				"react/jsx-runtime": [`${types}/jsx-runtime.d.ts`],
			},
		},
		include: [at("js/test/types/react.tsx")],
	};
	writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
	await node([at("node_modules/typescript/bin/tsc"), "-p", project]);
});
