// What a store would hold of what a collector has acknowledged: each `messageId` once.
import assert from "node:assert/strict";

export const stored = (collector) =>
	[...new Map(collector.events.map((event) => [event.messageId, event])).values()].filter(
		({ event }) => event === "step",
	);

/** The steps 0 to `count` − 1 are there, each once. How often one came twice is not said: the ids are for that. */
export function holdsSteps(collector, count) {
	const numbers = stored(collector).map(({ properties }) => properties.n);
	assert.deepEqual(
		numbers.toSorted((a, b) => a - b),
		Array.from({ length: count }, (_, n) => n),
	);
}
