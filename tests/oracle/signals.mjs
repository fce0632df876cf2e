// Section 3 of semantics.md, for count, days, since and age: from the list of matching events, each time anew.
import { condition, propertyField } from "./conditions.mjs";
import { dayOf, readWindow } from "./time.mjs";

/** An `E` as a function of an event. Who has no name is never matched. */
export function pattern(written) {
	if (written === "*") return (event) => event.name !== undefined;
	if (typeof written === "string") return (event) => event.name === written;
	if (Array.isArray(written)) return (event) => written.includes(event.name);
	const named = pattern(written.event);
	const where = condition(written.where ?? {}, propertyField);
	return (event) => named(event) && where(event.properties);
}

/** One signal of one subject. */
export class Signal {
	/** The hour on the subject's clock of each event taken, in order (a clock never runs backwards). */
	hours = [];
	#memo = { key: undefined, value: undefined };

	constructor(definition) {
		this.form = ["count", "days", "since", "age"].find((form) => form in definition);
		this.matches = pattern(definition[this.form]);
		this.empties = definition.without === undefined ? () => false : pattern(definition.without);
		this.window = readWindow(definition.within, definition.ago);
	}

	take(event, hour) {
		if (this.empties(event)) this.hours = [];
		else if (this.matches(event)) this.hours.push(hour);
		else return;
		this.#memo.key = undefined;
	}

	/** The value when the clock shows `now`; undefined if absent. */
	value(now) {
		if (this.form === "since") return this.hours.length === 0 ? undefined : now - this.hours.at(-1);
		if (this.form === "age") return this.hours.length === 0 ? undefined : now - this.hours[0];
		// Without a window the value hangs on the events alone, with one of days on the day too: then it is not
		// computed again each hour.
		const key = this.window === undefined ? 0 : this.window.days ? dayOf(now) : now;
		if (this.#memo.key !== key) this.#memo = { key, value: this.#inWindow(now) };
		return this.#memo.value;
	}

	#inWindow(now) {
		const unit = this.window?.days === false ? (hour) => hour : dayOf;
		const last = this.window === undefined ? Infinity : unit(now) - this.window.ago;
		const before = this.window === undefined ? -Infinity : last - this.window.length;
		const days = new Set();
		let count = 0;
		for (let i = this.hours.length - 1; i >= 0 && unit(this.hours[i]) > before; i--) {
			if (unit(this.hours[i]) > last) continue;
			count += 1;
			days.add(dayOf(this.hours[i]));
		}
		return this.form === "count" ? count : days.size;
	}
}
