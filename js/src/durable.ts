import type { Face } from "./keeper.js";

/** A broken store does not keep a nudge from showing for longer. */
const longestMs = 1_000;

/** Resolves when what was taken is durable, or cannot be (C39); what other tabs had made durable before is folded by then, too. */
export const durable = ({ clock, journal }: Face): Promise<void> =>
	new Promise((resolve) => {
		const cancel = clock.wakeAt(clock.now() + longestMs, resolve);
		journal.catchUp().then(() => {
			cancel();
			resolve();
		});
	});
