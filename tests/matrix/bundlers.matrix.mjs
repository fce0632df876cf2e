// The packed package, installed into applications as customers have them, each of a bundler, and run in Chromium under a
// strict policy: what docs/install.md says of each is what is done here.
import { createHash } from "node:crypto";
import { applications, policyOf } from "./bundlers/application.mjs";

const local = ["--host", "127.0.0.1"];
const vite = { build: [["vite", "build"]], served: "dist" };
/** As docs/install.md has it: the playbook is a part of the application. */
const withPlugin = {
	files: {
		"vite.config.js": `import ripen from "ripen/vite";\n\nexport default { plugins: [ripen()] };\n`,
	},
	change: (main) =>
		`import playbook from "./playbook.json?ripen";\n${main.replace('playbook: "/playbook.ripen"', "playbook")}`,
};
const webpack = (...more) => ({
	app: "webpack",
	build: [["webpack", "--entry", "./main.js", "--output-path", "public", ...more]],
	served: "public",
});
const esbuild = (...more) => ({
	app: "esbuild",
	build: [["esbuild", "main.js", "--bundle", "--outdir=public", ...more]],
	served: "public",
});
/** esbuild and Rollup leave the file's address as it is: beside the script. */
const wasm = { from: "wasm", to: "wasm" };
const byOption = (main) =>
	main.replace('playbook: "/playbook.ripen"', 'playbook: "/playbook.ripen", wasm: "/wasm/ripen_bg.wasm"');

const imports = JSON.stringify({ imports: { ripen: "/ripen/index.js" } });
const importMap = createHash("sha256").update(imports).digest("base64");

applications([
	{ title: "C26 C27 Vite, built", app: "vite", ...vite },
	{
		title: "C26 Vite's preview of it",
		app: "vite",
		build: vite.build,
		start: ["vite", "preview", ...local],
	},
	{
		title: "C26 Vite's development server, which pre-bundles the package, without configuration",
		app: "vite",
		start: ["vite", ...local],
	},
	{ title: "C26 Vite 7, built", app: "vite7", ...vite },
	{
		title:
			"Vite 7's development server, which moves the script and not the file: the warning says what to write",
		app: "vite7",
		start: ["vite", ...local],
		warning: /`optimizeDeps: \{ exclude: \["ripen"\] \}`.*ripen_bg\.wasm answers 200, text\/html/,
	},
	{
		title: "C26 Vite 7's development server with what the warning says",
		app: "vite7",
		files: { "vite.config.js": 'export default { optimizeDeps: { exclude: ["ripen"] } };\n' },
		start: ["vite", ...local],
	},
	{
		title: "C26 Vite 7's development server with the plugin",
		app: "vite7",
		start: ["vite", ...local],
		...withPlugin,
	},
	{ title: "C26 Vite 7, built with the plugin", app: "vite7", ...vite, ...withPlugin },
	{ title: "C26 Vite, built with the plugin", app: "vite", ...vite, ...withPlugin },
	{ title: "C26 webpack, for production", ...webpack("--mode", "production") },
	// What it would make of modules by itself asks for 'unsafe-eval'.
	{ title: "C26 webpack, for development", ...webpack("--mode", "development", "--no-devtool") },
	{ title: "C26 esbuild, split", ...esbuild("--format=esm", "--splitting"), copied: wasm },
	{ title: "C26 esbuild, in one file", ...esbuild("--format=esm"), copied: wasm },
	{
		title: "C26 esbuild, in one script that is no module, told where the file is",
		...esbuild("--format=iife"),
		copied: wasm,
		change: byOption,
	},
	{
		title:
			"esbuild, in one script that is no module: events are delivered, and the warning says what to write",
		...esbuild("--format=iife"),
		copied: wasm,
		warning: /The bundler has left no address of the file\..* `init\(\{ wasm \}\)`/,
	},
	{
		title: "esbuild, the file forgotten, on a server that answers everything with the page",
		...esbuild("--format=esm", "--splitting"),
		fallback: true,
		warning: /`init\(\{ wasm \}\)`.*\/wasm\/ripen_bg\.wasm answers 200, text\/html/,
	},
	{
		title: "C26 Rollup",
		app: "rollup",
		build: [["rollup", "--plugin", "node-resolve", "--dir", "public", "main.js"]],
		copied: wasm,
		served: "public",
	},
	{
		title: "C26 no bundler, by path",
		app: "plain",
		entry: "/ripen/index.js",
		copied: { from: ".", to: "ripen" },
		served: "public",
	},
	{
		title: "C26 no bundler, by an import map",
		app: "plain",
		page: (html) => html.replace("<script", `<script type="importmap">${imports}</script>\n\t\t<script`),
		policy: policyOf(` 'wasm-unsafe-eval' 'sha256-${importMap}'`),
		copied: { from: ".", to: "ripen" },
		served: "public",
	},
	{
		title:
			"C26 a policy without 'wasm-unsafe-eval': events are delivered, and health says that there is no engine",
		app: "vite",
		...vite,
		policy: policyOf(""),
		warning: /A Content-Security-Policy needs `'wasm-unsafe-eval'`/,
		allowed: { violations: /wasm-eval/, errors: /wasm/i },
	},
]);
