/** Where things are. */
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What an executable is called here. */
export const executable = (name) => (process.platform === "win32" ? `${name}.exe` : name);
