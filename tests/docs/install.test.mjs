// What docs/install.md says was tried is what the matrix tries.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const guide = read("docs/install.md");
const apps = "tests/matrix/bundlers/apps";
/** Of what an application is made of, what builds it. */
const bundlers = /^(vite|webpack|esbuild|rollup|next|@sveltejs\/kit)$/;

test("each bundler that the matrix tries is in the guide, with its version, and no other", () => {
	const tried = new Set();
	for (const name of readdirSync(new URL(`../../${apps}`, import.meta.url))) {
		const { dependencies, devDependencies } = JSON.parse(read(`${apps}/${name}/package.json`));
		// SvelteKit's own bundler is not the customer's choice.
		for (const [bundler, version] of Object.entries({ ...dependencies, ...devDependencies }))
			if (bundlers.test(bundler) && !(name === "sveltekit" && bundler === "vite"))
				tried.add(`${bundler} ${version}`);
	}
	const told = [...guide.matchAll(/\| (\S+ \d+\.\d+\.\d+) \|$/gm)].map(([, each]) => each);
	assert.deepEqual([...new Set(told)].sort(), [...tried].sort());
});

test("what the guide says of warnings is what they say", () => {
	const texts = read("js/src/warning-texts.ts") + read("js/src/wasm-remedy.ts");
	const quoted = [...guide.slice(guide.indexOf("## When it does not run")).matchAll(/^\| `(.*?)` \|/gm)];
	assert.ok(quoted.length > 4);
	for (const [, text] of quoted)
		if (!text.startsWith("…")) assert.ok(texts.replaceAll("`", "").includes(text), text);
});
