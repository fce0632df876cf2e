/** What happens to the page. Never `unload` nor `beforeunload`: they break the back-forward cache (C09). */
export interface PageLife {
	/** It is being hidden, and may never come back. */
	hidden(): void;
	/** It is visible again, or the network is back. */
	resumed(): void;
	/** It goes, perhaps to the back-forward cache. */
	left(): void;
	/** It came back from there (C10). */
	returned(): void;
}

export function watchPage({ hidden, resumed, left, returned }: PageLife): void {
	document.addEventListener("visibilitychange", () => (document.hidden ? hidden() : resumed()));
	addEventListener("pagehide", () => {
		hidden();
		left();
	});
	addEventListener("pageshow", (event) => event.persisted && returned());
	// A hidden page is not resumed by the network: what it still may send, it sends when its pause is over.
	addEventListener("online", () => document.hidden || resumed());
}
