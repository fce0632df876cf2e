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

/** What pages that went had spilled: key → the JSON of each event. */
export function rescue(prefix: string): Map<string, string[]> {
	const found = new Map<string, string[]>();
	try {
		for (const key of Object.keys(localStorage))
			if (key.startsWith(prefix)) found.set(key, JSON.parse(localStorage[key]));
	} catch {
		// Blocked or damaged: nothing to rescue.
	}
	return found;
}
