import load, * as module from "./wasm/toolkit.js";

/** The module that knows playbooks' documents, and why: loaded only where it is asked for. `wasm` as in `Options`. */
export async function toolkit(wasm: string | URL | undefined): Promise<typeof module> {
	const beside = wasm && new URL("toolkit_bg.wasm", new URL(wasm, location.href));
	await load({ module_or_path: beside || new URL("./wasm/toolkit_bg.wasm", import.meta.url) });
	return module;
}
