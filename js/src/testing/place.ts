import type { Bindable } from "../bound/client.js";
import type { WasmSource } from "../types.js";

/** What stands beside this file in the package. */
const beside = (path: string) => {
	const here = import.meta.url;
	return new URL(path, here);
};
let instances = 0;

/** A Ripen of its own: the module anew, since what `init` starts lasts as long as its module. */
export async function freshClient(): Promise<Bindable> {
	const address = beside(`./slim.js?test=${++instances}`);
	try {
		return (await import(/* @vite-ignore */ /* webpackIgnore: true */ address.href)) as Bindable;
	} catch (cause) {
		throw new Error("bundled, `ripen/testing` finds no Ripen beside it: give it yours, `start({ client })`", {
			cause,
		});
	}
}

/** Where the modules are, unless `client` knows that itself, as `ripen` does in a page. */
export async function modules(client?: Bindable): Promise<{ wasm?: WasmSource; toolkit?: WasmSource }> {
	if (client && beside(".").protocol !== "file:") return {};
	const [wasm, toolkit] = await Promise.all([wasmOf("ripen"), wasmOf("toolkit")]);
	return { wasm, toolkit };
}

/** A module beside this file. Of a file there is no `fetch` in Node. */
async function wasmOf(name: "ripen" | "toolkit"): Promise<WasmSource> {
	const address = beside(`./wasm/${name}_bg.wasm`);
	if (address.protocol !== "file:") return address;
	// By a name that no bundler sees: it would look for it in a page, too.
	const files = "node:fs/promises";
	const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ files);
	return readFile(address);
}

/** Puts in what jsdom lacks of a page; returns what takes it out again. */
export function complete(): () => void {
	if (typeof matchMedia === "function") return () => {};
	const never = (media: string) =>
		Object.assign(new EventTarget(), {
			matches: false,
			media,
			onchange: null,
			addListener() {},
			removeListener() {},
		});
	globalThis.matchMedia = never;
	return () => {
		if (globalThis.matchMedia === never) delete (globalThis as { matchMedia?: unknown }).matchMedia;
	};
}
