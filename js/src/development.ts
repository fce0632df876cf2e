/**
 * `ripen` while an application is developed: bundlers take it by the condition `development` of the package's `exports`, and
 * leave it out of what is shipped. It warns of names that no playbook knows.
 */
import { watched } from "./development/watch.js";
import * as ripen from "./index.js";

export * from "./index.js";

export const { init, on, trigger } = watched(ripen, () => new URL("./wasm/toolkit_bg.wasm", import.meta.url));
