// Builds js/dist/cli.js, the command line, for Node. It loads the toolkit's glue and module from beside itself.
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the command line into `dist`. */
export async function buildCli(dist) {
	const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
	const outfile = join(dist, "cli.js");
	await build({
		entryPoints: [join(here, "src/cli/main.ts")],
		outfile,
		bundle: true,
		format: "esm",
		platform: "node",
		target: ["node20"],
		define: { RIPEN_VERSION: JSON.stringify(version) },
		legalComments: "none",
	});
	chmodSync(outfile, 0o755);
}
