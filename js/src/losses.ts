import type { Core } from "./core.js";
import type { Counts, Losses, Stream } from "./tally.js";
import type { Message } from "./types.js";
import { valuesOf } from "./values.js";

/** Of so many page loads that had losses it is remembered what the collector was told: there may be more to come. */
const mostTold = 50;

/** Counts what is lost with the page load that it was of, and tells of all of them until the collector has heard. */
export function openLosses({ local, stream: own, tally }: Core): Losses {
	const of = (stream: string): Stream => {
		const known = local.get(`stream:${stream}`) ?? local.get(`told:${stream}`);
		return known ? JSON.parse(known) : { stream, taken: 0, dropped: {}, untaken: {} };
	};
	return {
		dropped(reason, events) {
			for (const json of events)
				try {
					const stream = `${(JSON.parse(json) as Message).context.stream}`;
					if (stream === own) {
						tally.dropped(reason);
						continue;
					}
					const each = of(stream);
					each.dropped[reason] = (each.dropped[reason] ?? 0) + 1;
					local.set(`stream:${stream}`, JSON.stringify(each));
				} catch {
					// Nobody knows any more what it was.
				}
		},
		all() {
			tally.save();
			return valuesOf(local, "stream:");
		},
		told(streams) {
			for (const [stream, text] of streams) {
				// One's own goes on; and more may have been lost meanwhile.
				if (stream === own || local.get(`stream:${stream}`) !== text) continue;
				local.set(`stream:${stream}`, undefined);
				const { dropped } = JSON.parse(text) as { dropped: Counts };
				// What is lost later adds to it: the collector keeps the largest.
				if (Object.keys(dropped).length) local.set(`told:${stream}`, text);
			}
			for (const stream of [...valuesOf(local, "told:").keys()].slice(mostTold))
				local.set(`told:${stream}`, undefined);
		},
	};
}
