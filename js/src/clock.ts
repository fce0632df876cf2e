import type { Clock } from "./types.js";

/** Eleven days: a delay of more than 2³¹ ms makes setTimeout fire at once. */
const longestDelay = 1e9;

/** The system's clock. The one place that reads it. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wakeAt(time, wake) {
		let timer = setTimeout(function wait() {
			// Timers may fire a little early, and a far time is reached in several steps.
			const left = time - Date.now();
			if (left > 0) timer = setTimeout(wait, Math.min(left, longestDelay));
			else wake();
		});
		return () => clearTimeout(timer);
	},
};
