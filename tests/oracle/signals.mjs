// Section 3 of semantics.md, for the forms that hang on events alone: from the list of what was taken, each time anew.
import { condition, valueAt } from "./conditions.mjs";
import { fromMillionths, millionths } from "./numbers.mjs";
import { Runs } from "./runs.mjs";
import { dayOf, readWindow } from "./time.mjs";

/** An `E` as a function of an event. Who has no name is never matched. */
export function pattern(written, scheme) {
	if (written === "*") return (event) => event.name !== undefined;
	if (typeof written === "string") return (event) => event.name === written;
	if (Array.isArray(written)) return (event) => written.includes(event.name);
	const named = pattern(written.event, scheme);
	const where = condition(written.where ?? {}, scheme);
	return (event) => named(event) && where(event.properties);
}

const scalar = (value) => (value === null || typeof value === "object" ? undefined : value);
const number = (value) => (typeof value === "number" ? value : undefined);
const summand = (value) =>
	typeof value === "number" && Math.abs(value) <= 9e12 ? millionths(value) : undefined;

const values = (entries) => entries.map((entry) => entry.value);
const distinct = (entries) => new Set(values(entries)).size;
const extreme = (better) => (entries) =>
	entries.length === 0
		? undefined
		: values(entries).reduce((best, each) => (better(each, best) ? each : best));

/**
 * Form → what of an event is kept (`take(event, value at PROP)`; undefined: the event is not taken), and the value of the
 * signal from the entries in its window, `{hour, value}`. `remembered`: only the values seen last are.
 */
const FORMS = {
	count: { take: () => true, of: (entries) => entries.length },
	days: { take: () => true, of: (entries) => new Set(entries.map((entry) => dayOf(entry.hour))).size },
	sessions: { take: (event) => event.session, of: distinct, remembered: true },
	distinct: { take: (_, value) => scalar(value), of: distinct, remembered: true },
	people: { take: (event) => event.person, of: distinct, remembered: true },
	sum: {
		take: (_, value) => summand(value),
		of: (entries) => fromMillionths(values(entries).reduce((sum, each) => sum + each, 0n)),
	},
	max: { take: (_, value) => number(value), of: extreme((a, b) => a > b) },
	min: { take: (_, value) => number(value), of: extreme((a, b) => a < b) },
	sequence: { take: () => true, of: (entries) => entries.length },
	last: { take: (_, value) => scalar(value), of: (entries) => entries.at(-1)?.value },
	since: { take: () => true, of: (entries, now) => now - entries.at(-1).hour },
	age: { take: () => true, of: (entries, now) => now - entries[0].hour },
};

/** What is the same for all who have the signal; undefined if it does not hang on events alone. */
export function compileSignal(definition, scheme) {
	const form = Object.keys(FORMS).find((each) => each in definition);
	if (form === undefined) return undefined;
	const events = form === "sequence" ? [] : pattern(definition.of ?? definition[form], scheme);
	return {
		...FORMS[form],
		form,
		matches: events,
		path: definition.of === undefined ? undefined : definition[form].split("."),
		empties: definition.without === undefined ? () => false : pattern(definition.without, scheme),
		steps: form === "sequence" ? definition.sequence.map((step) => pattern(step, scheme)) : undefined,
		span: definition.span,
		window: readWindow(definition.within, definition.ago),
		memory: definition.scope === "account" ? 100000 : 1024,
	};
}

/** One signal of one subject. */
export class Signal {
	/** `{hour, value}` of each event taken (of a sequence: of each run completed), in order. */
	#entries = [];
	/** The values seen last, the newest at the end. */
	#seen = new Set();
	#memo = { key: undefined, value: undefined };

	constructor(compiled) {
		this.compiled = compiled;
		if (compiled.steps !== undefined) this.runs = new Runs(compiled.steps, compiled.span);
	}

	take(event, hour) {
		const { empties, matches, path, take } = this.compiled;
		if (empties(event)) {
			if (this.runs) return this.runs.clear();
			this.#entries = [];
			this.#seen.clear();
			this.#memo.key = undefined;
			return;
		}
		if (this.runs ? !this.runs.take(event) : !matches(event)) return;
		const value = take(event, path && valueAt(event.properties, path));
		if (value === undefined) return;
		this.#entries.push({ hour, value });
		this.#memo.key = undefined;
		if (this.compiled.remembered) this.#remember(value);
	}

	#remember(value) {
		this.#seen.delete(value);
		this.#seen.add(value);
		if (this.#seen.size <= this.compiled.memory) return;
		const [forgotten] = this.#seen;
		this.#seen.delete(forgotten);
		this.#entries = this.#entries.filter((entry) => entry.value !== forgotten);
	}

	/** The value when the clock shows `now`; undefined if absent. */
	value(now) {
		const { form, of, window } = this.compiled;
		if (form === "since" || form === "age")
			return this.#entries.length === 0 ? undefined : of(this.#entries, now);
		// Without a window the value hangs on the events alone, with one of days on the day too: then it is not
		// computed again each hour.
		const key = window === undefined ? 0 : window.days ? dayOf(now) : now;
		if (this.#memo.key !== key) this.#memo = { key, value: of(this.#inWindow(now)) };
		return this.#memo.value;
	}

	#inWindow(now) {
		const { window } = this.compiled;
		if (window === undefined) return this.#entries;
		const unit = window.days ? dayOf : (hour) => hour;
		const last = unit(now) - window.ago;
		const found = [];
		for (let i = this.#entries.length - 1; i >= 0; i--) {
			const at = unit(this.#entries[i].hour);
			if (at <= last - window.length) break;
			if (at <= last) found.unshift(this.#entries[i]);
		}
		return found;
	}
}
