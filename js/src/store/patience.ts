import type { Clock } from "../types.js";
import { trouble } from "./ground.js";

/** A slow phone under load takes a second or two. */
const seconds = 10;

/**
 * A database may never answer (Safari's, after a while in the background; one that another page blocks). What counts
 * are seconds in which this page ran: a night's sleep, or a leap of an injected clock, is one.
 */
export function patiently<T>(clock: Clock, work: Promise<T>, gaveUp?: () => void): Promise<T> {
	return new Promise((resolve, reject) => {
		let left = seconds;
		let cancel: (() => void) | undefined;
		let done = false;
		const tick = async () => {
			// So that one move of an injected clock does not fire them all.
			await undefined;
			if (done) return;
			if (left--) {
				cancel = clock.wakeAt(clock.now() + 1_000, tick);
				return;
			}
			gaveUp?.();
			reject(trouble("timeout"));
		};
		tick();
		const end = () => {
			done = true;
			cancel?.();
		};
		work.then(resolve, reject).then(end);
	});
}
