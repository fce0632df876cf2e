import type { Local } from "./local.js";

/** Twice what a request may take: no delay on the way is ever taken for a wrong clock (C18). */
const thresholdMs = 60_000;

/** The collector said that it is `date`, between `sent` and `received` by a clock that `skew` corrects. */
export function learnSkew(local: Local, skew: number, date: number, sent: number, received: number): void {
	const found = skew + Math.round(date - (sent + received) / 2);
	// For the next page load.
	local.set("skew", Math.abs(found) > thresholdMs ? `${found}` : undefined);
}
