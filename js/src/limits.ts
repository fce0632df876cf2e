import { firstKey, type Kind } from "./store/store.js";

/** How much may wait, and how many sent events may be kept that no snapshot covers yet: without a playbook none ever does. */
interface Limits {
	events: number;
	/** As UTF-16, which is the most that any browser counts. */
	bytes: number;
	sent: number;
}

/**
 * In the strictest browsers localStorage grants a whole site 5 MB of UTF-16, and when it is full, the site's own writes
 * fail. A fifth of that holds some 1,000 events. The others hold what the delivery machine can (`src/delivery/limits.rs`).
 */
export const limits: Record<Kind, Limits> = {
	indexeddb: { events: 10_000, bytes: 10_000_000, sent: 1_000 },
	localstorage: { events: 2_000, bytes: 1_000_000, sent: 100 },
	memory: { events: 10_000, bytes: 10_000_000, sent: 1_000 },
};

/** Characters of what a row stands under, at most. */
const keyLength = 64;
/** The tab that sends knows what is under way, and keeps the limits; another steps in only where it clearly does not. */
const patience = 2;

/** The oldest of what is too much, whichever sender there is, or none (C14); but not those that are in flight. */
export function surplusOf(
	waiting: Map<number, string>,
	flying: Set<number>,
	kind: Kind,
	leading: boolean,
): number[] {
	const { events, bytes } = limits[kind];
	const slack = leading ? 1 : patience;
	// What was carried over from another store has its limit there.
	const first = kind === "localstorage" ? firstKey.localstorage : 0;
	let count = 0;
	let size = 0;
	for (const [key, json] of waiting)
		if (key >= first) {
			count++;
			size += 2 * (json.length + keyLength);
		}
	const surplus: number[] = [];
	if (count <= events * slack && size <= bytes * slack) return surplus;
	for (const [key, json] of waiting) {
		if (count <= events && size <= bytes) break;
		if (key < first || flying.has(key)) continue;
		surplus.push(key);
		count--;
		size -= 2 * (json.length + keyLength);
	}
	return surplus;
}
