// What a store would hold of what a collector has acknowledged: each `messageId` once.
import assert from "node:assert/strict";

/** The cases' own events, as often as they were acknowledged; Ripen has its own besides. */
export const steps = (collector) => collector.events.filter(({ event }) => event === "step");

export const stored = (collector) => [
	...new Map(steps(collector).map((event) => [event.messageId, event])).values(),
];

/** The steps 0 to `count` − 1 are there, each once. How often one came twice is not said: the ids are for that. */
export function holdsSteps(collector, count) {
	const numbers = stored(collector).map(({ properties }) => properties.n);
	assert.deepEqual(
		numbers.toSorted((a, b) => a - b),
		Array.from({ length: count }, (_, n) => n),
	);
}
