import type { Local } from "./local.js";
import type { Clock } from "./types.js";

/** Twice what a request may take: no delay on the way is ever taken for a wrong clock (C18). */
const thresholdMs = 60_000;

/** What is to be added to the device's clock, in milliseconds, as an earlier page load has learnt it. */
export const skewOf = (local: Local) => Number(local.get("skew")) || 0;

/** The clock as it should be: the same for all of a page load, so that time makes no jumps. */
export const corrected = (clock: Clock, skew: number): Clock => ({
	now: () => clock.now() + skew,
	wakeAt: (time, wake) => clock.wakeAt(time - skew, wake),
});

/** The collector said that it is `date`, between `sent` and `received` by a clock that `skew` corrects. */
export function learnSkew(local: Local, skew: number, date: number, sent: number, received: number): void {
	const found = skew + Math.round(date - (sent + received) / 2);
	// For the next page load.
	local.set("skew", Math.abs(found) > thresholdMs ? `${found}` : undefined);
}
