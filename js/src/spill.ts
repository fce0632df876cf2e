/** Characters. As UTF-16 a tenth of what the strictest browsers grant a whole site (C14). */
const most = 250_000;

/**
 * What is in memory only, as a page that goes leaves it in localStorage. Of what has no room the oldest stay out, and
 * how many these are comes first, for the page that finds it: this one may yet keep them.
 */
export function spillOf(events: string[], room = most): string | undefined {
	let first = events.length;
	for (; first; first--) {
		room -= (events[first - 1] as string).length;
		if (room < 0) break;
	}
	return events.length ? JSON.stringify(first ? [first, ...events.slice(first)] : events) : undefined;
}
