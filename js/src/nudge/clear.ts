import { watchPage } from "./anchor.js";

/** Many an overlay is always in the page, and only not to be seen. */
const isSeen = (modal: Element) =>
	modal.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false;

/** A tree and the open shadow trees in it, but for ours. */
function treesIn(tree: Document | ShadowRoot): (Document | ShadowRoot)[] {
	const trees = [tree];
	// The fastest way through a large page: this is asked after each frame in which it has changed.
	const walker = document.createTreeWalker(tree, 1);
	while (walker.nextNode()) {
		const { localName, shadowRoot } = walker.currentNode as Element;
		if (shadowRoot && !localName.startsWith("ripen-")) trees.push(...treesIn(shadowRoot));
	}
	return trees;
}

/** Whether the host shows a modal dialog of its own in one of these trees. */
const isCovered = (trees: ParentNode[]) =>
	trees.some((tree) => [...tree.querySelectorAll('dialog:modal, [aria-modal="true"]')].some(isSeen));

/** Whether the page is visible and the host shows no modal dialog of its own. */
export const isClear = () => !document.hidden && !isCovered(treesIn(document));

/** Says whether the host shows a modal dialog of its own whenever one may have come, or gone. */
export function watchModals(told: (covered: boolean) => void, over: AbortSignal): void {
	const look = () => {
		const trees = treesIn(document);
		trees.map(watch);
		told(isCovered(trees));
	};
	const watch = watchPage(look, over);
	// Nothing in the page changes at the end of a fade; and what takes the focus may be in a tree of which nobody knew.
	for (const name of ["transitionend", "animationend", "focusin"])
		document.addEventListener(name, look, { signal: over });
	look();
}

/** Resolves when it is clear, or `left` (C35). */
export function clearOfOthers(left: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const watching = new AbortController();
		const { signal } = watching;
		const look = () => {
			if (!left.aborted && !isClear()) return;
			watching.abort();
			resolve();
		};
		document.addEventListener("visibilitychange", look, { signal });
		left.addEventListener("abort", look, { signal });
		watchModals(look, signal);
	});
}
