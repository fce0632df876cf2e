// The other ways to the package's WebAssembly, each where it is meant to help: inside a script, where no file can be had,
// and as what the application's own bundler makes of the file.
import { applications, policyOf } from "./bundlers/application.mjs";
import { run } from "./bundlers/program.mjs";

const inline = { entry: "ripen/inline", served: "public", absent: /\.wasm$/ };
/** `ripen/slim`, told by `statement` what `wasm` is. */
const slim = (statement) => ({
	entry: "ripen/slim",
	change: (main) => `${statement}\n${main.replace("playbook: ", "wasm, playbook: ")}`,
});
const esbuild = (...more) => [["esbuild", "main.js", "--bundle", "--outdir=public", ...more]];
const webpack = [["webpack", "--entry", "./main.js", "--output-path", "public", "--mode", "production"]];

/** A page without a bundler has Ripen on `window`, and what stands in for it until it is there. */
const onWindow = {
	app: "plain",
	served: "public",
	copied: { from: ".", to: "ripen" },
	change: (main) =>
		main
			.replace(/^import .*$/m, "const { flush, init, on, track } = ripen;")
			.replaceAll("view()", "ripen.view()")
			.replaceAll("health()", "ripen.health()"),
};
const script = '<script type="module" src="./main.js"></script>';
const snippet = ["ripen", "snippet", "--src", "/ripen/", "--write-key", "demo", "--nonce", "fresh"];

applications([
	{
		title: "C26 ripen/inline by esbuild, in one script that is no module, and no file",
		app: "esbuild",
		build: esbuild("--format=iife"),
		...inline,
	},
	{ title: "C26 ripen/inline by webpack", app: "webpack", build: webpack, ...inline },
	{
		title: "C26 ripen/inline by Vite",
		app: "vite",
		build: [["vite", "build"]],
		...inline,
		served: "dist",
	},
	{
		title: "C26 ripen/inline without a bundler",
		app: "plain",
		copied: { from: ".", to: "ripen" },
		...inline,
		entry: "/ripen/inline.js",
	},
	{
		title: "C26 ripen/slim by esbuild, which gives the file a name of its own",
		app: "esbuild",
		build: esbuild("--format=esm", "--loader:.wasm=file", "--public-path=/"),
		served: "public",
		...slim('import wasm from "ripen/ripen.wasm";'),
	},
	{
		title: "C26 ripen/slim by Vite, by the address that it gives",
		app: "vite",
		build: [["vite", "build"]],
		served: "dist",
		...slim('import wasm from "ripen/ripen.wasm?url";'),
	},
	{
		title: "C26 ripen/slim by webpack, by the address that it gives",
		app: "webpack",
		build: webpack,
		served: "public",
		...slim('const wasm = new URL("ripen/ripen.wasm", import.meta.url);'),
	},
	{
		title: "C26 a page with the printed snippet, under a nonce",
		...onWindow,
		page: async (html, folder) => html.replace(script, `${await run(folder, snippet)}${script}`),
		policy: policyOf(" 'nonce-fresh' 'wasm-unsafe-eval'"),
	},
	{
		title: "C26 a page with the snippet's files, and nothing inline",
		...onWindow,
		page: (html) =>
			html.replace(
				script,
				`<script src="/ripen/stub.js"></script>
		<script src="./main.js" defer></script>
		<script src="/ripen/global.js" type="module"></script>`,
			),
	},
]);
