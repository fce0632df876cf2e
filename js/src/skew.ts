import type { Local } from "./local.js";
import type { Clock } from "./types.js";

/** What is to be added to the device's clock, in milliseconds, as an earlier page load has learnt it. */
export const skewOf = (local: Local) => Number(local.get("skew")) || 0;

/** The clock as it should be: the same for all of a page load, so that time makes no jumps. */
export const corrected = (clock: Clock, skew: number): Clock => ({
	now: () => clock.now() + skew,
	wakeAt: (time, wake) => clock.wakeAt(time - skew, wake),
});
