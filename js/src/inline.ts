/** Ripen with its WebAssembly inside a script, for bundlers that emit no such file and policies that let none be fetched (C25). */
import { init as start } from "./slim.js";
import type { Options } from "./types.js";

export * from "./slim.js";

/** Starts Ripen, as `ripen` does. What explains and compiles playbooks is not inside: see the option `toolkit`. */
export const init = (options: Options): void =>
	start({ ...options, wasm: options?.wasm ?? (async () => (await import("./inlined.js")).bytes()) });
