// Lines of two replays, compared as README.md of the vectors says: as JSON, in order, numbers within 1e-6.

function sameJson(a, b) {
	if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-6;
	if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** The first line in which the two differ, for people; undefined if none does. */
export function firstDifference(wanted, got) {
	for (let i = 0; i < Math.max(wanted.length, got.length); i++) {
		if (i < wanted.length && i < got.length && sameJson(wanted[i], got[i])) continue;
		const show = (lines) => (i < lines.length ? JSON.stringify(lines[i]) : "(no such line)");
		return `line ${i + 1} of ${wanted.length} wanted, ${got.length} given\n wanted ${show(wanted)}\n given  ${show(got)}`;
	}
	return undefined;
}

/** The bytes of a case's events: one line each, `{"raw"}` as it stands. */
export const eventLines = (events) =>
	Buffer.from(events.map((event) => `${"raw" in event ? event.raw : JSON.stringify(event)}\n`).join(""));
