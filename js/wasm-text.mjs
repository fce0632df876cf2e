// A module within a script: base64, which `atob` reads everywhere and no policy refuses.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("dist/wasm", import.meta.url));

/** The plugin of esbuild by which `import text from "./wasm/some.wasm"` is the base64 of what `cargo xtask wasm` made. */
export const wasmText = {
	name: "wasm-text",
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /\.wasm$/ }, ({ path, kind }) =>
			kind === "import-statement" ? { path: join(built, basename(path)), namespace: "wasm-text" } : undefined,
		);
		onLoad({ filter: /.*/, namespace: "wasm-text" }, async ({ path }) => ({
			contents: (await readFile(path)).toString("base64"),
			loader: "text",
		}));
	},
};
