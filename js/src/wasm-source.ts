import { soundAnswer } from "./sound-answer.js";
import type { Settings } from "./transport.js";

/** What WebAssembly can compile, of an option of `init`: an address is fetched. */
export async function compilable(
	name: "wasm" | "toolkit",
	{ [name]: source }: Pick<Settings, "wasm" | "toolkit">,
): Promise<Response | BufferSource | WebAssembly.Module> {
	let found = await (typeof source === "function" ? source() : source);
	if (typeof found === "string" || found instanceof URL) found = await fetch(found);
	if (!found) throw new Error(`\`init\` was given no \`${name}\``);
	return found instanceof Response ? soundAnswer(found) : found;
}
