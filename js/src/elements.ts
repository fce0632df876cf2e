import type { Face } from "./keeper.js";

/** So many elements of a selector are watched. */
const mostEach = 100;

/** Calls `seen` with a selector when an element that it selects comes into view. Loaded by pages only that have such a nudge. */
export function watchElements(
	{ warn }: Pick<Face, "warn">,
	selectors: string[],
	seen: (selector: string) => void,
	over: AbortSignal,
): void {
	if (over.aborted) return;
	const watched = new Map<Element, Set<string>>();
	const inView = new IntersectionObserver((entries) => {
		const found = new Set<string>();
		for (const { isIntersecting, target } of entries)
			if (isIntersecting) for (const selector of watched.get(target) ?? []) found.add(selector);
		for (const selector of found) seen(selector);
	});
	/** Those that are wrong are told once, and their neighbours work (C41). */
	let known = [...new Set(selectors)];
	const scan = () => {
		scanning = false;
		for (const element of watched.keys())
			if (!element.isConnected) {
				inView.unobserve(element);
				watched.delete(element);
			}
		known = known.filter((selector) => {
			try {
				for (const element of [...document.querySelectorAll(selector)].slice(0, mostEach)) {
					const of = watched.get(element);
					if (of?.has(selector)) continue;
					watched.set(element, of?.add(selector) ?? new Set([selector]));
					// Tells of it anew, and whether it is in view already.
					inView.unobserve(element);
					inView.observe(element);
				}
				return true;
			} catch (error) {
				warn("selector_bad", error);
				return false;
			}
		});
	};
	let scanning = false;
	const changes = new MutationObserver(() => {
		// A page that changes all the time is looked at once a frame, and not at all while nobody looks at it.
		if (!scanning) requestAnimationFrame(scan);
		scanning = true;
	});
	changes.observe(document, { childList: true, subtree: true, attributes: true });
	over.addEventListener("abort", () => {
		changes.disconnect();
		inView.disconnect();
	});
	scan();
}
