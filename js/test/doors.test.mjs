// The entries that know where the WebAssembly is: what `init` is given by each of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** `init` of an entry; what it starts Ripen with comes back. */
async function opened(source) {
	const slim = {
		name: "slim",
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /\/slim\.js$/ }, () => ({ path: "slim", namespace: "fake" }));
			onLoad({ filter: /./, namespace: "fake" }, () => ({
				contents: "export const init = (given) => given",
			}));
		},
	};
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL(`../src/${source}`, import.meta.url))],
		bundle: true,
		format: "esm",
		write: false,
		plugins: [slim],
		external: ["./inlined.js"],
	});
	// A script of a page, as far as addresses beside it go.
	const text = outputFiles[0].text.replaceAll("import.meta.url", '"https://app.example/ripen/"');
	return (await import(`data:text/javascript,${encodeURIComponent(text)}`)).init;
}

const own = "https://cdn.example/own.wasm";
for (const [source, names] of [
	["index.ts", ["wasm", "toolkit"]],
	["inline.ts", ["wasm"]],
])
	for (const name of names)
		test(`C25 \`${name}\` of ${source} has its default, also where it is given as undefined`, async () => {
			const init = await opened(source);
			for (const options of [{}, { [name]: undefined }])
				assert.equal(typeof init({ writeKey: "wk", ...options })[name], "function", JSON.stringify(options));
			assert.equal(init({ writeKey: "wk", [name]: own })[name], own);
			assert.equal(init({ writeKey: "wk" }).writeKey, "wk");
		});

test("C12 an entry whose `init` is given nothing throws nothing", async () => {
	for (const source of ["index.ts", "inline.ts"]) {
		const init = await opened(source);
		for (const nothing of [undefined, null]) assert.equal(init(nothing).writeKey, undefined);
	}
});
