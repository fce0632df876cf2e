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

/** What Ripen asks of a page's globals. */
const needed = ["window", "location", "navigator", "addEventListener", "removeEventListener", "HTMLElement"];
const remedy =
	"Let `@happy-dom/global-registrator` register a whole page, or your runner's environment (docs/testing.md#where-it-runs)";

/** Why there is no page to start in. */
export function missing(): string | undefined {
	if (typeof document !== "object")
		return "ripen/testing needs a document: a browser, happy-dom or jsdom. Without one there is ripen/node";
	const absent = needed.filter((name) => !(globalThis as Record<string, unknown>)[name]);
	if (absent.length)
		return `ripen/testing needs a page: there is \`document\`, but no ${absent.join(", ")}. ${remedy}`;
	try {
		document.addEventListener("ripen", () => {}, { signal: AbortSignal.abort() });
	} catch {
		return `ripen/testing needs a page: \`AbortController\` and \`AbortSignal\` are not of the document. ${remedy}`;
	}
	return;
}

/** Puts in what documents without a browser lack of a page, or have otherwise; returns what takes it out again. */
export async function complete(): Promise<() => void> {
	const undo = [withMedia(), await withTimeouts()];
	return () => {
		for (const each of undo) each();
	};
}

/** Deadlines of requests that keep no process alive, as Node's own do not: those of happy-dom and jsdom would, for half a minute. */
async function withTimeouts(): Promise<() => void> {
	if (beside(".").protocol !== "file:") return () => {};
	const { timeout } = AbortSignal;
	// By a name that no bundler sees: there is none in a page.
	const timers = "node:timers";
	const { setTimeout } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ timers)) as {
		setTimeout(wake: () => void, ms: number): { unref(): void };
	};
	const own = (ms: number) => {
		const controller = new AbortController();
		const late = () => controller.abort(new DOMException("The operation timed out.", "TimeoutError"));
		setTimeout(late, ms).unref();
		return controller.signal;
	};
	AbortSignal.timeout = own;
	return () => {
		if (AbortSignal.timeout === own) AbortSignal.timeout = timeout;
	};
}

/** jsdom has no `matchMedia`. */
function withMedia(): () => void {
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
