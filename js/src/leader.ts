/**
 * Calls `start` while this tab is the one that sends, `stop` when it is no longer (C15). Without Web Locks each tab
 * sends; the collector removes what comes twice.
 */
export function stand(name: string, start: () => void): { resign(): void } {
	const candidacy = new AbortController();
	let release = () => {};
	if (navigator.locks)
		navigator.locks
			.request(name, { signal: candidacy.signal }, () => {
				start();
				return new Promise<void>((resolve) => {
					release = resolve;
				});
			})
			// Aborted: another tab sends. No storage for locks: each does.
			.catch((error) => error?.name === "AbortError" || start());
	else start();
	return {
		resign() {
			candidacy.abort();
			release();
		},
	};
}
