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
