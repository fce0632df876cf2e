/** Each SDK as a page has it: one module script, made by esbuild from its package; with what drives it, or alone. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

const modules = fileURLToPath(new URL("./node_modules", import.meta.url));

const driven = (sdk) =>
	`import * as sdk from "./peers/${sdk}/page.mjs"; import { drive } from "./drive.mjs"; drive(sdk);`;

export const alone = (module) => `export * from "${module}";`;

export async function bundle(sdk, contents = driven(sdk)) {
	const result = await build({
		stdin: {
			contents,
			resolveDir: here,
		},
		bundle: true,
		// For who is not below this folder.
		nodePaths: [modules],
		loader: { ".css": "text" },
		write: false,
		minify: true,
		format: "esm",
		platform: "browser",
		target: "es2022",
		define: { "process.env.NODE_ENV": '"production"' },
		// Ours is served as it is shipped: it loads its parts by itself.
		external: ["/ripen/*"],
		logLevel: "error",
	});
	return result.outputFiles[0].text;
}
