// Section 5 of semantics.md: activity in intervals, and the probability of being alive.

/** `firstSeen`: the day that the trait named so holds, or undefined. */
export function momentumOf(activeDays, firstSeen, today, interval) {
	const start = Math.min(activeDays[0], firstSeen ?? Infinity);
	const k = Math.floor((today - start) / interval);
	const activeIn = (each) => {
		const first = start + each * interval;
		return activeDays.findLast((day) => day < first + interval) >= first;
	};
	if (k === 0) return "new";
	if (activeIn(k)) return activeIn(k - 1) ? "current" : "resurrected";
	return activeIn(k - 1) ? "current" : "dormant";
}

export function aliveOf(activeDays, today, { r, alpha, a, b }) {
	const x = activeDays.length - 1;
	const recency = activeDays.at(-1) - activeDays[0];
	const age = today - activeDays[0];
	return 1 / (1 + (a / (b + x)) * ((alpha + age) / (alpha + recency)) ** (r + x));
}
