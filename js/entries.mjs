/**
 * The entries of the package, the one place that says so: `exports` in package.json, the build, and what is tried of the
 * packed package follow (js/test/package.test.mjs).
 *
 * - `face`: what a page loads, with its lazy chunks.
 * - `door`: the same with a place to have the WebAssembly from. It imports the face as it is, so that a page that uses two
 *   of them has one Ripen.
 * - `alone`: bindings and tools, which import nothing of the face when they run: the host gives them what they bind.
 * - `development`: what bundlers take in its place while an application is developed.
 * - `tool`: what runs in Node when an application is built.
 */
export const entries = [
	{ name: ".", source: "index.ts", kind: "door", development: "development.ts" },
	{ name: "./inline", source: "inline.ts", kind: "door", development: "development-inline.ts" },
	{ name: "./slim", source: "slim.ts", kind: "face", development: "development-slim.ts" },
	{ name: "./analytics", source: "analytics.ts", kind: "alone" },
	{ name: "./segment", source: "segment.ts", kind: "alone" },
	{ name: "./vite", source: "vite.ts", kind: "tool" },
	{ name: "./global", source: "global.ts", kind: "door" },
	{ name: "./react", source: "react.ts", kind: "alone" },
	{ name: "./testing", source: "testing.ts", kind: "alone" },
	{ name: "./vue", source: "vue.ts", kind: "alone" },
	{ name: "./svelte", source: "svelte.ts", kind: "alone" },
	{ name: "./openfeature", source: "openfeature.ts", kind: "alone" },
	{ name: "./node", source: "node.ts", kind: "alone" },
];

/** Files that are exported as they are. */
export const assets = {
	"./vite/client": { types: "./dist/vite/client.d.ts" },
	"./ripen.wasm": "./dist/wasm/ripen_bg.wasm",
	"./toolkit.wasm": "./dist/wasm/toolkit_bg.wasm",
	"./stub.js": "./dist/stub.js",
	"./playbook.schema.json": "./dist/playbook.schema.json",
	"./package.json": "./package.json",
};

/** Where the build puts an entry, without its extension: `index`, `react`. */
export const builtName = ({ name }) => (name === "." ? "index" : name.slice(2));

/** What `exports` in package.json has to say. */
export const exportsOf = () => ({
	...Object.fromEntries(
		entries.map((entry) => {
			const path = `./dist/${builtName(entry)}`;
			const inDevelopment = entry.development
				? { development: `./dist/${entry.development.replace(/ts$/, "js")}` }
				: {};
			return [entry.name, { types: `${path}.d.ts`, ...inDevelopment, default: `${path}.js` }];
		}),
	),
	...assets,
});
