/** What of others is compiled or bundled into the package. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../command.mjs";
import { at } from "../places.mjs";

const TARGET = "wasm32-unknown-unknown";
/** The features of Cargo.toml that a module of the package is compiled with, and its name. */
const MODULES = { browser: "ripen_bg.wasm", toolkit: "toolkit_bg.wasm" };

/** The crates, each with the modules that it is in: `{ name, version, license, folder, parts }`. */
export async function cratesInside() {
	// Cargo goes to the network for what no build has needed yet, such as what wasm tests need, and for nothing else.
	const flags = ["--quiet", "--locked"];
	const all = [
		"--no-default-features",
		"--features",
		Object.keys(MODULES).join(),
		"--filter-platform",
		TARGET,
	];
	const { packages } = JSON.parse(await cargo("metadata", ...flags, "--format-version", "1", ...all));
	const found = new Map();
	for (const [feature, part] of Object.entries(MODULES)) {
		const options = [
			"--package",
			"ripen",
			"--no-default-features",
			"--features",
			feature,
			"--target",
			TARGET,
		];
		const shape = ["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
		const lines = (await cargo("tree", ...flags, ...options, ...shape)).trim().split("\n");
		for (const line of new Set(lines.map((each) => each.replace(" (*)", "")))) {
			const [name, version] = line.split(" ");
			// What is ours has our licence beside it.
			if (line.includes("(/") || line.includes("(proc-macro)")) continue;
			const crate = packages.find((each) => each.name === name && `v${each.version}` === version);
			if (!crate) throw new Error(`cargo metadata knows no ${line}`);
			const { license, manifest_path } = crate;
			const known = found.get(line) ?? {
				name,
				version: crate.version,
				license,
				folder: dirname(manifest_path),
			};
			found.set(line, { ...known, parts: [...(known.parts ?? []), part] });
		}
	}
	return [...found.values()];
}

const cargo = (...args) => run("cargo", args, { cwd: at(".") });

/** The npm packages whose code is in a script: its map names their files, or, where it is not minified, its comments. */
export function packagesInside(files, modules = at("node_modules")) {
	const found = new Map();
	for (const [path, content] of files) {
		for (const [, name] of sourcesOf(path, content.toString()).matchAll(
			/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g,
		)) {
			const folder = join(modules, name);
			const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
			const parts = new Set(found.get(name)?.parts).add(path.replace(/\.map$/, ""));
			found.set(name, { name, version, license, folder, parts: [...parts] });
		}
	}
	return [...found.values()];
}

/** The files that a bundle was made of. */
function sourcesOf(path, text) {
	if (path.endsWith(".js.map")) return JSON.parse(text).sources.join("\n");
	return path.endsWith(".js") ? (text.match(/^\/\/ .*$/gm) ?? []).join("\n") : "";
}
