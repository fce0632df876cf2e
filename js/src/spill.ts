/**
 * What IndexedDB has not written when the page goes waits in localStorage, which is synchronous. Each page load has a
 * key of its own, so that tabs do not erase each other's.
 */
export function spill(key: string, events: string[]): void {
	try {
		if (events.length) localStorage.setItem(key, JSON.stringify(events));
		else localStorage.removeItem(key);
	} catch {
		// Blocked or full: the keepalive request is what remains.
	}
}
