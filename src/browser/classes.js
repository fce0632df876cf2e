// `Runtime` and `Delivery` of js/src/module.ts: instances in the module, by their number, and methods, by theirs
// (src/browser/call.rs, runtime.rs and delivery.rs). Part of the glue, which has `call`. Nothing looks after those that
// are gone: a FinalizationRegistry would run in a frozen page, which is no longer in the back-forward cache then (C09).
class Instance {
	constructor(what, one, number) {
		this.at = call(0, what, one, undefined, number);
		if (typeof this.at === "string") throw new Error(this.at);
	}
	do(what, one, other, number) {
		return call(this.at, what, one, other, number);
	}
	free() {
		this.do(2);
	}
}

export class Runtime extends Instance {
	constructor(playbook) {
		super(0, playbook);
	}
	restore(snapshot, past, isWhole) {
		return this.do(3, snapshot, past, isWhole);
	}
	adopt(snapshot, events, now) {
		return this.do(4, snapshot, events, now);
	}
	setPerson(id) {
		this.do(5, id);
	}
	fold(events, surroundings, live) {
		return this.do(6, events, surroundings, live);
	}
	advance(now, surroundings, edge) {
		return this.do(7, surroundings, edge, now);
	}
	nextChange() {
		return this.do(8);
	}
	elements() {
		return this.do(9);
	}
	judge(nudge, surroundings, now) {
		return this.do(10, nudge, surroundings, now);
	}
	nudge(id) {
		return this.do(11, id);
	}
	view() {
		return this.do(12);
	}
	snapshot() {
		return this.do(13);
	}
}

export class Delivery extends Instance {
	constructor(seed, memory) {
		super(1, memory, seed);
	}
	/** Its number is what `Told` calls it. */
	tell(told, now) {
		return this.do(3 + told, undefined, undefined, now);
	}
	appended(keys, bytes, now) {
		return this.do(7, keys, bytes, now);
	}
	answered(batch, status, retryAfter, now) {
		return this.do(8, [batch, status], retryAfter, now);
	}
	get retrying() {
		return this.do(9);
	}
	get pressed() {
		return this.do(10);
	}
}
