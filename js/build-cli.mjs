// Builds what runs in Node: js/dist/cli.js, the command line, and the plugins of bundlers. They load the toolkit's glue and
// module from beside themselves.
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { builtName, entries } from "./entries.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the command line and the plugins into `dist`. */
export async function buildCli(dist) {
	const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
	const tools = entries.filter(({ kind }) => kind === "tool");
	const sources = tools.map((entry) => [builtName(entry), join(here, "src", entry.source)]);
	await build({
		entryPoints: { cli: join(here, "src/cli/main.ts"), ...Object.fromEntries(sources) },
		outdir: dist,
		bundle: true,
		format: "esm",
		platform: "node",
		target: ["node20"],
		define: { RIPEN_VERSION: JSON.stringify(version) },
		legalComments: "none",
	});
	chmodSync(join(dist, "cli.js"), 0o755);
}
