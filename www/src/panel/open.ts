const KEY = "cairn.panel";

/** From this width on there is room for both, and the panel starts open. */
const ROOMY = "(min-width: 75rem)";

export function readOpen(): boolean {
	try {
		const kept = localStorage.getItem(KEY);
		if (kept) return kept === "open";
	} catch {
		// As if nobody had said.
	}
	return matchMedia(ROOMY).matches;
}

export function writeOpen(open: boolean): void {
	try {
		localStorage.setItem(KEY, open ? "open" : "folded");
	} catch {
		// Then it is for this page only.
	}
}
