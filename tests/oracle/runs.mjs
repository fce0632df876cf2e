// Section 3 of semantics.md, "Sequence": the runs in progress, as the page spells them out.
import { HOUR, spanHours } from "./time.mjs";

/** The runs of one sequence of one subject. */
export class Runs {
	/** For each step the latest start of a run that has done it and those before it. */
	#latest;

	constructor(steps, span) {
		this.steps = steps;
		this.span = span === undefined ? Infinity : spanHours(span) * HOUR;
		this.clear();
	}

	clear() {
		this.#latest = this.steps.map(() => undefined);
	}

	/** Whether a run is completed at this event. */
	take(event) {
		const latest = this.#latest;
		const end = this.steps.length - 1;
		for (let i = end; i >= 1; i--) {
			const start = latest[i - 1];
			if (start === undefined || !this.steps[i](event) || event.time - start > this.span) continue;
			latest[i] = Math.max(latest[i] ?? -Infinity, start);
		}
		if (this.steps[0](event)) latest[0] = event.time;
		if (latest[end] === undefined) return false;
		this.clear();
		return true;
	}
}
