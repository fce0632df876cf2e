import type { Clock, Json, Nudge } from "../types.js";
import { own } from "./own.js";

/** So long a nudge waits for what it points at, unless it says otherwise. */
const defaultWait = 10;

/** What a nudge points at, or stands in, to begin with: a selector. */
export function selectorOf({ placement, steps }: Pick<Nudge, "placement" | "steps">): Json | undefined {
	const { kind, slot, anchor } = placement;
	if (kind === "slot") return `ripen-slot[name="${CSS.escape(String(slot))}"]`;
	return kind === "tour" ? own(steps?.[0], "anchor") : anchor;
}

/** The first HTML element that a selector selects and that is to be seen; of a slot, which may take no room while it is empty, what it is in. */
export function find(selector: string): HTMLElement | undefined {
	try {
		const isThere = (element: Element): element is HTMLElement =>
			element instanceof HTMLElement &&
			(element.localName === "ripen-slot" ? element.parentElement : element)?.checkVisibility?.() !== false;
		return [...document.querySelectorAll(selector)].find(isThere);
	} catch {
		// It is no selector.
	}
}

/** Calls `look` after each frame in which anything has changed in the page, or in a tree that is given to what it returns. */
export function watchPage(look: () => unknown, over: AbortSignal): (tree: Node) => void {
	let looking = false;
	const changes = new MutationObserver(() => {
		if (!looking)
			requestAnimationFrame(() => {
				looking = false;
				if (!over.aborted) look();
			});
		looking = true;
	});
	const watch = (tree: Node) =>
		over.aborted || changes.observe(tree, { subtree: true, childList: true, attributes: true });
	over.addEventListener("abort", () => changes.disconnect());
	watch(document);
	return watch;
}

/**
 * Resolves with what a selector selects, as soon as it is there, or within the window and this margin; with nothing after
 * as many seconds (C38), or at the browser's first word of it where that is none.
 */
export function waitFor(
	selector: string,
	clock: Clock,
	seconds: Json | undefined,
	over: AbortSignal,
	rootMargin?: string,
): Promise<HTMLElement | undefined> {
	return new Promise((resolve) => {
		const found = find(selector);
		// Of a hidden page nothing is in view: it waits elsewhere until it is seen.
		const isEnough = !rootMargin || document.hidden;
		// What is there has a second to say whether it is in view.
		const ms = 1_000 * (Number(seconds ?? defaultWait) || +!!found);
		if ((found && isEnough) || over.aborted || ms <= 0) return resolve(found);
		const waiting = new AbortController();
		const done = (found?: HTMLElement) => {
			waiting.abort();
			cancel();
			views.disconnect();
			resolve(found);
		};
		// Who has gone to another tab meanwhile has not been shown it yet.
		const cancel = clock.wakeAt(clock.now() + ms, () => done(document.hidden ? find(selector) : undefined));
		const views = new IntersectionObserver(
			(entries) => {
				for (const { isIntersecting } of entries) {
					// It speaks of a frame that is over: what was in view may have gone since.
					const found = isIntersecting ? find(selector) : undefined;
					if (found || seconds === 0) done(found);
				}
			},
			{ rootMargin },
		);
		const look = () => {
			const found = find(selector);
			if (found && isEnough) done(found);
			// A slot that is not to be seen while it is empty.
			else if (found)
				views.observe(found.checkVisibility?.() === false ? (found.parentElement as Element) : found);
		};
		over.addEventListener("abort", () => done(), { signal: waiting.signal });
		watchPage(look, waiting.signal);
		look();
	});
}
