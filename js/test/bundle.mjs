// One source file of the face as a module that Node can import, so that its unit tests run what is shipped.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { styleText } from "../style-text.mjs";

export { handClock } from "./hand-clock.mjs";

const here = dirname(fileURLToPath(import.meta.url));

export async function load(name) {
	const { outputFiles } = await build({
		entryPoints: [join(here, "../src", name)],
		bundle: true,
		format: "esm",
		write: false,
		outdir: "/",
		plugins: [styleText],
		external: ["./wasm/*", "./engine.js", "./keeper.js"],
		define: { RIPEN_VERSION: '"test"' },
	});
	return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** localStorage as far as the face uses it. */
export function memoryStorage() {
	const all = new Map();
	return {
		all,
		get: (name) => all.get(name),
		set: (name, value) => (value === undefined ? all.delete(name) : all.set(name, value)),
	};
}
