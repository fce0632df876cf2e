// What `cargo xtask wasm` puts at dist/wasm/toolkit.js, as the face sees it.
import type { ToolkitModule } from "../module.js";

declare const start: ToolkitModule["default"];
export default start;
export declare const check: ToolkitModule["check"];
export declare const compile: ToolkitModule["compile"];
export declare const explain: ToolkitModule["explain"];
