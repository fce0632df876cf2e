/**
 * Calls `start` while this tab is the one that sends, `stop` when it is no longer (C15). Without Web Locks each tab
 * sends; the collector removes what comes twice.
 */
export function stand(name: string, start: () => void): { resign(): void } {
	const candidacy = new AbortController();
	let release = () => {};
	if (!navigator.locks) start();
	navigator.locks
		?.request(name, { signal: candidacy.signal }, () => {
			start();
			return new Promise<void>((resolve) => {
				release = resolve;
			});
		})
		// Aborted, or no storage for locks: then it is not this tab that sends.
		.catch((error) => error?.name === "AbortError" || start());
	return {
		resign() {
			candidacy.abort();
			release();
		},
	};
}
