import type { Face } from "./keeper.js";
import load, * as module from "./wasm/toolkit.js";

/** The module that knows playbooks' documents, and why: loaded only where it is asked for. */
export async function toolkit({ compilable, settings }: Face): Promise<typeof module> {
	await load({ module_or_path: await compilable("toolkit", settings) });
	return module;
}
