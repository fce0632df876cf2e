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
	const watches = [...new Set(selectors)].map((selector) => {
		const watched = new Set<Element>();
		const inView = new IntersectionObserver((entries) => {
			if (entries.some(({ isIntersecting }) => isIntersecting)) seen(selector);
		});
		over.addEventListener("abort", () => inView.disconnect());
		return () => {
			for (const element of watched)
				if (!element.isConnected) {
					inView.unobserve(element);
					watched.delete(element);
				}
			for (const element of [...document.querySelectorAll(selector)].slice(0, mostEach)) {
				watched.add(element);
				// Of what it watches already nothing is told anew.
				inView.observe(element);
			}
		};
	});
	let scanning = false;
	const scan = () => {
		scanning = false;
		for (const watch of [...watches])
			try {
				watch();
			} catch (error) {
				// It is told once, and its neighbours work (C41).
				watches.splice(watches.indexOf(watch), 1);
				warn("selector_bad", error);
			}
	};
	const changes = new MutationObserver(() => {
		// A page that changes all the time is looked at once a frame, and not at all while nobody looks at it.
		if (!scanning) requestAnimationFrame(scan);
		scanning = true;
	});
	changes.observe(document, { childList: true, subtree: true, attributes: true });
	over.addEventListener("abort", () => changes.disconnect());
	scan();
}
