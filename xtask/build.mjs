/** Everything that is run or shipped, from source, in order. Each step is skipped when its inputs are unchanged. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { npm, run } from "./command.mjs";
import { bundle } from "./docs/bundle.mjs";
import { at, executable, root } from "./places.mjs";
import { setup } from "./setup.mjs";
import { step, task } from "./step.mjs";

const RUST = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src"];
const JS = [
	...["src", "package.json", "tsconfig.json"],
	...["build", "build-cli", "declare", "entries", "short-names", "style-text", "wasm-text"].map(
		(name) => `${name}.mjs`,
	),
];
const PACKED = ["package.json", "README.md", "THIRD-PARTY.md", "llms-full.txt"];
const { version } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
/** The npm package, as npm would publish it. */
export const tarball = `target/package/ripen-${version}.tgz`;

/** The server, as `npm start` and the tests run it. */
export const collector = at(executable("target/release/ripen-collector"));

const wasmModule = (name, stem) => ({
	inputs: [...RUST, ".cargo", "xtask/Cargo.toml", "xtask/src", "node_modules/binaryen/package.json"],
	outputs: [`js/dist/wasm/${stem}.js`, `js/dist/wasm/${stem}_bg.wasm`],
	wayOut: `cargo xtask wasm ${name}`,
});

/** All there is. Assumes that `setup` was called, as the others do. */
export async function build() {
	await buildPackage();
	await step(
		"Package in the sample product",
		{ inputs: [tarball, "www/package-lock.json"], outputs: ["www/node_modules/ripen/package.json"] },
		installPackage,
	);
	await step(
		"Sample product",
		{
			inputs: ["www", tarball, "package-lock.json"],
			outputs: ["www/dist/index.html"],
			wayOut: "cd www && npm run build",
		},
		() => npm(["run", "build"], { cwd: at("www") }),
	);
	await step(
		"Collector",
		{ inputs: [...RUST, "collector"], outputs: [executable("target/release/ripen-collector")] },
		() => run("cargo", ["build", "--quiet", "--release", "--package", "ripen-collector"]),
	);
}

/** The npm package, and what is in it. */
export async function buildPackage() {
	await step("Page's WebAssembly module", wasmModule("page", "ripen"), () =>
		run("cargo", ["xtask", "wasm", "page"]),
	);
	await step("Toolkit's WebAssembly module", wasmModule("toolkit", "toolkit"), () =>
		run("cargo", ["xtask", "wasm", "toolkit"]),
	);
	await step(
		"Schema of playbooks",
		{
			inputs: [...RUST, "xtask/playbook-schema.rs", "xtask/src/schema.rs"],
			outputs: ["js/dist/playbook.schema.json"],
			wayOut: "cargo xtask schema",
		},
		() => run("cargo", ["xtask", "schema"]),
	);
	await buildScripts();
	await step(
		"Documentation in the package",
		{ inputs: ["llms.txt", "README.md", "docs", "xtask/docs"], outputs: ["js/llms-full.txt"] },
		writeBundle,
	);
	await step(
		"npm package",
		{ inputs: ["js/dist", ...PACKED.map((name) => `js/${name}`)], outputs: [tarball] },
		pack,
	);
}

/** What of the package is JavaScript, beside the modules that are there. */
export const buildScripts = () =>
	step(
		"JavaScript of the package",
		{
			inputs: [...JS.map((name) => `js/${name}`), "js/dist/wasm/ripen_bg.wasm", "package-lock.json"],
			outputs: ["js/dist/index.js", "js/dist/index.d.ts", "js/dist/cli.js"],
			wayOut: "node js/build.mjs",
		},
		() => run(process.execPath, ["js/build.mjs"]),
	);

/** All of the documentation as one text, for a language model. */
export const writeBundle = () => writeFileSync(at("js/llms-full.txt"), bundle(root));

async function pack() {
	rmSync(at("target/package"), { recursive: true, force: true });
	mkdirSync(at("target/package"), { recursive: true });
	await npm(["pack", "--silent", "--pack-destination", at("target/package")], { cwd: at("js") });
}

/** As a customer would, from the registry's form of it; `--no-save`, since its content changes with every build. */
async function installPackage() {
	// npm takes a tarball of the same version for the same content.
	rmSync(at("www/node_modules/ripen"), { recursive: true, force: true });
	const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
	await npm(["install", "--no-save", "--prefer-offline", ...quiet, at(tarball)], { cwd: at("www") });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	await task(async () => {
		await setup();
		await build();
	});
}
