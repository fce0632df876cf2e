/** The bytes of the page's module, as text within a script. */
import base64 from "./wasm/ripen_bg.wasm";

export const bytes = () => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
