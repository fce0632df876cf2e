import type { Journal } from "./journal.js";
import type { Clock } from "./types.js";

const longestWaitMs = 15_000;

/** Those who wait for all that was taken to be durable, and acknowledged or tried once. */
export function openFlushing(journal: Journal, clock: Clock, ask: () => void) {
	const checks = new Set<(failed?: boolean) => void>();
	return {
		wanted: () => checks.size > 0,
		/** The journal changed, or (`failed`) a try to send did not succeed. */
		check(failed?: boolean) {
			for (const check of checks) check(failed);
		},
		/** Never rejects, and never waits for longer than a while. */
		wait: () =>
			new Promise<void>((resolve) => {
				let until: number | undefined;
				const done = () => {
					checks.delete(check);
					cancel();
					resolve();
				};
				const check = (failed?: boolean) => {
					// Durable first, whatever becomes of the sending (C08).
					if (!journal.ready || journal.unwritten.length) return;
					const keys = [...journal.waiting.keys()];
					const asked = until !== undefined;
					until ??= keys.at(-1) ?? 0;
					if ((failed && asked) || !keys.some((key) => key <= (until as number))) done();
					else if (!asked) ask();
				};
				const cancel = clock.wakeAt(clock.now() + longestWaitMs, done);
				checks.add(check);
				check();
			}),
	};
}
