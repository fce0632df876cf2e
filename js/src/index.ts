/** Ripen: `init`, then `track`. Its WebAssembly is fetched from beside the script, in the way that bundlers know. */
export * from "./slim.js";

import { init as start } from "./slim.js";
import type { Options } from "./types.js";

/**
 * Starts Ripen. Idempotent: a second call changes nothing, and warns if its options are others (C22).
 *
 * @example
 * init({ writeKey: "demo", host: "https://ripen.example.com", playbook: "/playbook.ripen" });
 */
export const init = (options: Options): void =>
	start({
		...options,
		// Of this very form, since bundlers look for it.
		wasm: options?.wasm ?? (() => new URL("./wasm/ripen_bg.wasm", import.meta.url)),
		toolkit: options?.toolkit ?? (() => new URL("./wasm/toolkit_bg.wasm", import.meta.url)),
	});
