// `node --import` this: a document by jsdom, its names put where test runners put them.
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<!doctype html><html lang="en"><body></body></html>', {
	url: "http://app.test/",
	pretendToBeVisual: true,
});
/** What Node has of its own, and a page's code must have of the document's. */
const theirs = ["window", "Event", "CustomEvent", "EventTarget", "AbortController", "AbortSignal"];
for (const name of Object.getOwnPropertyNames(window)) {
	if (name in globalThis && !theirs.includes(name)) continue;
	const isMethod = typeof window[name] === "function" && !/^[A-Z]/.test(name);
	const value = isMethod ? window[name].bind(window) : window[name];
	Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
}
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"])
	globalThis[name] = window[name].bind(window);
