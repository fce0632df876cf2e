/** Leads who came in by keyboard back to where they were, when it goes: only a modal dialog does by itself (C36). */
export function givesFocusBack(root: ShadowRoot, over: AbortSignal): void {
	let before: EventTarget | undefined;
	document.addEventListener(
		"focusout",
		(event) => {
			// The event knows them in a shadow tree of the host's, too.
			if (event.relatedTarget === root.host) before = event.composedPath()[0];
		},
		{ signal: over },
	);
	over.addEventListener("abort", () => {
		if (root.activeElement) (before as HTMLElement | undefined)?.focus({ preventScroll: true });
	});
}
