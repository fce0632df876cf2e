// What a collector keeps of what arrives at it: what a test may count, and whose order and positions it may go by.

/**
 * Each event once, in the order in which they happened: page load by page load, as these began, and in each by its
 * sequence; of page loads that began at one instant, as they arrived. In which order events arrive, and how often, nobody
 * promises: two batches may be in flight, a page that goes sends beside its sender, and what it could not know to have
 * arrived the next page load sends again.
 */
export function keptOf(events) {
	const kept = new Map();
	/** Page load → the time of its first event. */
	const began = new Map();
	for (const event of events) {
		const { messageId, timestamp, context } = event;
		const time = Date.parse(timestamp);
		if (!kept.has(messageId)) kept.set(messageId, event);
		began.set(context.stream, Math.min(began.get(context.stream) ?? time, time));
	}
	const streams = [...began.keys()].sort((one, other) => began.get(one) - began.get(other));
	return [...kept.values()].sort(
		({ context: one }, { context: other }) =>
			streams.indexOf(one.stream) - streams.indexOf(other.stream) || one.sequence - other.sequence,
	);
}
