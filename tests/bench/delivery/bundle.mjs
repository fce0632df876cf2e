/** Each SDK as a page has it: one module script, made by esbuild from its package. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

export async function bundle(sdk) {
	const result = await build({
		stdin: {
			contents: `import * as sdk from "./peers/${sdk}/page.mjs"; import { drive } from "./drive.mjs"; drive(sdk);`,
			resolveDir: here,
		},
		bundle: true,
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
