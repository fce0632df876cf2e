// Section 6 of semantics.md, ladders: which rungs are met, and what an ICP's success says of those of `journey`.

const OF_SUCCESS = { set_up: "set_up", activated: "aha", habitual: "habit", champion: "team" };

/** Of the ladder `journey`: the condition that an ICP has for a rung, or undefined. */
export const successOf = (icp, rung) => icp?.success[OF_SUCCESS[rung.id]];

/**
 * One evaluation of a ladder: `met` (rung → the hour it was met) and `reached` are brought up to date; returns the
 * stage. `holds(rung)` tests a rung's condition.
 */
export function climb(ladder, met, hour, holds, reached) {
	for (const rung of ladder.rungs) {
		const stays = rung.keep !== false && met.has(rung.id);
		if (!stays) {
			if (!holds(rung)) met.delete(rung.id);
			else if (!met.has(rung.id)) met.set(rung.id, hour);
		}
		if (met.has(rung.id)) reached[rung.id] = hour - met.get(rung.id);
	}
	const ids = ladder.rungs.map((rung) => rung.id);
	if (ladder.climb === "highest") return ids.findLast((id) => met.has(id));
	const gap = ids.findIndex((id) => !met.has(id));
	return gap < 0 ? ids.at(-1) : ids[gap - 1];
}
