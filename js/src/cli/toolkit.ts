/** The wasm module that knows playbooks: the engine that pages run, and what reads and checks for it. */
import { readFile } from "node:fs/promises";
import type { ToolkitModule } from "../module.js";

/** Loads it from beside this file, as packed. */
export async function loadToolkit(): Promise<ToolkitModule> {
	// By URL at run time, so that the bundler leaves the glue beside its module.
	const beside = (name: string) => new URL(`./wasm/${name}`, import.meta.url);
	const toolkit = (await import(beside("toolkit.js").href)) as ToolkitModule;
	toolkit.initSync({ module: await readFile(beside("toolkit_bg.wasm")) });
	return toolkit;
}
