import type { Local } from "./local.js";

/** As `retry_after_max_ms` of `src/delivery`: more is not believed. */
const longestMs = 60 * 60_000;

/**
 * What an outage has taught (`Memory` of `src/delivery`), for the next sender, in whichever tab or page load it is (C11):
 * when that was so, failures in a row, and what is left in milliseconds of our pause, of the one that the collector asked
 * for, and until the retry budget is full.
 */
export const circuit = (local: Local) => (local.get("circuit")?.split(" ") ?? []).map(Number);

export const remember = (local: Local, memory: number[]) => local.set("circuit", memory.join(" "));

/** Milliseconds left of the pause that the collector asked for. A clock that was set back makes it no longer. */
export function askedFor(local: Local, now: number): number {
	const [at, , , asked] = circuit(local);
	const left = Math.min(Number(asked), longestMs) - Math.max(0, now - Number(at));
	// Not a number where nothing is stored.
	return Math.max(left || 0, 0);
}
