/** What happens to the page. Never `unload` nor `beforeunload`: they break the back-forward cache (C09). */
export interface PageLife {
	/** It is being hidden, and may never come back. */
	hidden(): void;
	/** It is visible again, or the network is back. */
	resumed(): void;
	/** Nothing of it runs until it returns, if ever: the back-forward cache, or frozen in the background. Perhaps twice. */
	left(): void;
	/** It came back from there (C10). Perhaps twice; and perhaps it is still hidden. */
	returned(): void;
}

export function watchPage({ hidden, resumed, left, returned }: PageLife): void {
	const leave = () => {
		hidden();
		left();
	};
	document.addEventListener("visibilitychange", () => (document.hidden ? hidden() : resumed()));
	// A frozen page may be discarded without another word.
	document.addEventListener("freeze", leave);
	document.addEventListener("resume", returned);
	addEventListener("pagehide", leave);
	addEventListener("pageshow", (event) => event.persisted && returned());
	// A hidden page is not resumed by the network: what it still may send, it sends when its pause is over.
	addEventListener("online", () => document.hidden || resumed());
}
