// What is kept of a person or an account between evaluations.
import { Signal } from "./signals.mjs";
import { dayOf } from "./time.mjs";

/** A person or an account: what it has done, and what was concluded of it. */
export class Subject {
	signals = new Map();
	traits = {};
	/** Days on which the person was active, each once. */
	activeDays = [];
	/** Ladder → rung → the hour at which it was met. */
	met = new Map();
	/** Moment → when it last fired. */
	fired = new Map();
	/** What the last evaluation saw and concluded; undefined before the first. */
	last = undefined;
	events = [];
	folded = 0;

	constructor(scope, id, compiled) {
		this.scope = scope;
		this.id = id;
		for (const [name, signal] of compiled.signals[scope]) this.signals.set(name, new Signal(signal));
		for (const name of compiled.ladders) this.met.set(name, new Map());
		this.isActivity = compiled.isActivity;
	}

	take(event, hour) {
		for (const signal of this.signals.values()) signal.take(event, hour);
		const day = dayOf(hour);
		if (this.isActivity(event) && this.activeDays.at(-1) !== day) this.activeDays.push(day);
	}
}

export class Account extends Subject {
	/** Every state of the traits, with the event that brought it. */
	versions = [];
	/** The persons whose account it is. */
	members = new Set();

	/** The traits after the events for which `seen` holds. */
	traitsWhere(seen) {
		return this.versions.findLast(seen)?.traits ?? {};
	}
}

export class Person extends Subject {
	offset = 0;
	/** What the person's clock shows: the index of an hour. */
	clock = -Infinity;
	/** When the person was last evaluated. */
	time = undefined;
	account = undefined;
}
