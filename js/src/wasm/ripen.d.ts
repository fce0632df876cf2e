// What `cargo xtask wasm` puts at dist/wasm/ripen.js, as the face sees it.
import type { PageModule } from "../module.js";

declare const start: PageModule["default"];
export default start;
export declare const Runtime: PageModule["Runtime"];
export declare const Delivery: PageModule["Delivery"];
