/** Fetches what is missing, and says what to install where that is not ours to do. Quick when nothing is. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { forMatrix, forTests, install as installBrowsers } from "./browsers.mjs";
import { installClients } from "./clients.mjs";
import { has, npm, run } from "./command.mjs";
import { at } from "./places.mjs";
import { Stop, step, task } from "./step.mjs";

const WASM = "wasm32-unknown-unknown";

/** What every task needs. */
export async function setup() {
	if (Number(process.versions.node.split(".")[0]) < 20) {
		throw new Stop(
			`Node ${process.versions.node} is too old`,
			"install Node 20 or newer: https://nodejs.org",
		);
	}
	await step("Modules of the workspace", modules("."), () => install("."));
	await step("Modules of the sample product", modules("www"), () => install("www"));
	await rust();
}

/** What the tests need besides: a browser and its driver. */
export async function setupTests() {
	await setup();
	await installBrowsers(forTests);
}

/** What the matrix needs besides: three engines, none of which may be missing, and others' clients. */
export async function setupMatrix() {
	await setup();
	await installBrowsers(forMatrix);
	await installClients();
}

const prefix = (folder) => (folder === "." ? "" : `${folder}/`);

const modules = (folder) => ({
	inputs: [`${prefix(folder)}package-lock.json`],
	outputs: [`${prefix(folder)}node_modules`],
	wayOut: "check the network, then run the command again",
});

/**
 * What the lock file says, and without changing it. Not `npm ci`, which refuses a lock file that lacks an optional
 * package of some other platform, as where a registry does not carry it.
 */
const install = (folder) =>
	npm(["install", "--no-save", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
		cwd: at(folder),
	});

/** rustup reads `rust-toolchain.toml` and installs toolchain and target by itself, unless it was told not to. */
async function rust() {
	if (!has("cargo")) throw new Stop("Rust is not installed", "install it by https://rustup.rs");
	if (process.platform !== "win32" && !has("cc")) {
		throw new Stop(
			"a C compiler is missing (Rust links by it, SQLite is built by it)",
			"apt-get install build-essential",
		);
	}
	const wayOut = "rustup show";
	await step("Rust toolchain", { inputs: ["rust-toolchain.toml"], wayOut }, () =>
		run("cargo", ["--version"]),
	);
	const missing = [
		[printed("target-libdir", "--target", WASM), ["target", "add", WASM]],
		// The page's module is built with its own standard library.
		[join(printed("sysroot"), "lib/rustlib/src/rust/library/std"), ["component", "add", "rust-src"]],
	].filter(([folder]) => !existsSync(folder));
	for (const [, command] of missing) {
		const what = command.at(-1);
		if (!has("rustup")) throw new Stop(`Rust's ${what} is missing`, "install Rust by https://rustup.rs");
		await step(`Rust's ${what}`, { wayOut: `rustup ${command.join(" ")}` }, () => run("rustup", command));
	}
}

function printed(...what) {
	const { stdout } = spawnSync("rustc", ["--print", ...what], { cwd: at("."), encoding: "utf8" });
	return stdout?.trim() || "nowhere";
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await task(setup);
