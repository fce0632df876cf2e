import type { Face } from "./keeper.js";
import type { Edge } from "./module.js";

/** A page that turns faster than it is evaluated is nobody's to read. */
const mostWaiting = 100;

/** What happens in a page besides events: it is loaded, it turns, elements come into view, the host asks. */
export interface Occasions {
	/** In turn, each once. An empty one: the page may have changed. */
	take(): Edge[];
	/** Whether there is one. */
	any(): boolean;
	/** The host has told of a page. */
	told(name: string | undefined): void;
}

/** An address without what makes no other route: a query, a place on the page. */
const route = () => location.pathname + (/^#!?\//.test(location.hash) ? location.hash : "");

/**
 * Calls `happened` when there is one. Nothing of the host's is patched: browsers without the Navigation API tell of
 * `popstate` and `hashchange` only, and what else changed is seen at the next event, `page()` above all.
 */
export function openOccasions(
	face: Face,
	elements: string[],
	happened: () => void,
	signal: AbortSignal,
): Occasions {
	let waiting: Edge[] = [{ load: true }];
	let last = route();
	let seen = "";
	let page: { name: string | undefined; at: string } | undefined;

	const add = (edge: Edge) => {
		if (waiting.length < mostWaiting) waiting.push(edge);
	};
	const look = () => {
		const now = `${location.href} ${document.title}`;
		if (now === seen) return false;
		seen = now;
		add(route() === last ? {} : { load: true });
		last = route();
		return true;
	};
	const changed = () => look() && happened();
	seen = `${location.href} ${document.title}`;

	const { navigation } = window as { navigation?: EventTarget };
	if (navigation) navigation.addEventListener("currententrychange", changed, { signal });
	else for (const name of ["popstate", "hashchange"]) addEventListener(name, changed, { signal });
	// A framework sets the title after it has changed the route.
	const titles = new MutationObserver(changed);
	titles.observe(document.head, { childList: true, characterData: true, subtree: true });
	signal.addEventListener("abort", () => titles.disconnect());
	addEventListener(
		"pageshow",
		({ persisted }) => {
			if (!persisted) return;
			add({ load: true });
			happened();
		},
		{ signal },
	);
	if (elements.length)
		import("./elements.js")
			.then(({ watchElements }) =>
				watchElements(
					face,
					elements,
					(element) => {
						add({ element });
						happened();
					},
					signal,
				),
			)
			.catch((error) => face.warn("internal", error));
	return {
		any() {
			look();
			return waiting.length + face.calls.size > 0;
		},
		take() {
			for (const call of face.calls) add({ call });
			face.calls.clear();
			const taken = waiting;
			waiting = [];
			return taken;
		},
		told(name) {
			// Another page at the same address; where the address changed, that was the change of route.
			if (page && page.name !== name && page.at === location.href) add({ load: true });
			page = { name, at: location.href };
		},
	};
}
