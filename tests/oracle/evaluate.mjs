// Sections 5 and 6 of semantics.md: one evaluation of one subject (a person or an account), from all it knows.
import { condition, fieldsOf } from "./conditions.mjs";
import { pattern, Signal } from "./signals.mjs";
import { dayOf, HOUR, spanHours } from "./time.mjs";

const scopeOf = (definition) => definition.scope ?? "person";

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

	constructor(scope, id, playbook) {
		this.scope = scope;
		this.id = id;
		for (const [name, definition] of Object.entries(playbook.signals ?? {})) {
			if (scopeOf(definition) === scope) this.signals.set(name, new Signal(definition));
		}
		for (const name of Object.keys(playbook.ladders ?? {})) this.met.set(name, new Map());
		this.isActivity = pattern(playbook.activity ?? "*");
	}

	take(event, hour) {
		for (const signal of this.signals.values()) signal.take(event, hour);
		const day = dayOf(hour);
		if (this.isActivity(event) && this.activeDays.at(-1) !== day) this.activeDays.push(day);
	}
}

function momentumOf(activeDays, today, interval) {
	if (activeDays.length === 0) return undefined;
	const first = activeDays[0];
	const k = Math.floor((today - first) / interval);
	const activeIn = (each) => {
		const start = first + each * interval;
		return activeDays.findLast((day) => day < start + interval) >= start;
	};
	if (k === 0) return "new";
	if (activeIn(k)) return activeIn(k - 1) ? "current" : "resurrected";
	return activeIn(k - 1) ? "current" : "dormant";
}

function climb(ladder, met, hour, meetsCondition, reached) {
	for (const rung of ladder.rungs) {
		const stays = rung.keep !== false && met.has(rung.id);
		if (!stays) {
			if (!meetsCondition(rung)) met.delete(rung.id);
			else if (!met.has(rung.id)) met.set(rung.id, hour);
		}
		if (met.has(rung.id)) reached[rung.id] = hour - met.get(rung.id);
	}
	const ids = ladder.rungs.map((rung) => rung.id);
	if (ladder.climb === "highest") return ids.findLast((id) => met.has(id));
	const gap = ids.findIndex((id) => !met.has(id));
	return gap < 0 ? ids.at(-1) : ids[gap - 1];
}

/** Evaluates subjects against one playbook; `report(change)` gets the lines of the timeline, without their time. */
export function evaluator(playbook) {
	const fieldOf = fieldsOf(playbook);
	const written = (part) => Object.entries(playbook[part] ?? {});
	const [signals, segments, ladders, moments] = ["signals", "segments", "ladders", "moments"].map(written);
	const rungs = ladders.flatMap(([, ladder]) => ladder.rungs);
	const conditional = [...[...segments, ...moments].map(([, definition]) => definition), ...rungs];
	// The first rung of a ladder has no `when`, and is met.
	const tests = new Map(conditional.map((each) => [each, condition(each.when ?? {}, fieldOf)]));
	const interval = Number.parseInt(playbook.interval ?? "7d", 10);

	/**
	 * `at` in milliseconds, `hour` on the subject's clock. `account`: what the account's last evaluation had (for a
	 * person who has one that was evaluated).
	 */
	return function evaluate(subject, { at, hour, user, accountTraits, account }, report) {
		const before = subject.last;
		const view = { account: accountTraits, signals: {}, segments: [], stages: {}, reached: {}, moments: [] };
		if (subject.scope === "person") view.user = user;
		const meetsCondition = (definition) => tests.get(definition)(view);
		const own = (definition) => scopeOf(definition) === subject.scope;
		const changes = { stage: [], momentum: [], segment: [], moment: [] };

		for (const [name, definition] of signals) {
			const value = own(definition) ? subject.signals.get(name).value(hour) : account?.signals[name];
			if (value !== undefined) view.signals[name] = value;
		}
		for (const [name, definition] of segments) {
			const is = own(definition) ? meetsCondition(definition) : account?.segments.includes(name);
			const was = before?.segments.includes(name) ?? null;
			if (own(definition) && is !== (was ?? false)) changes.segment.push({ name, from: was, to: is });
			if (is) view.segments.push(name);
		}
		if (subject.scope === "person") {
			view.momentum = momentumOf(subject.activeDays, dayOf(hour), interval);
			const [from, to] = [before?.momentum ?? null, view.momentum ?? null];
			if (from !== to) changes.momentum.push({ name: "momentum", from, to });
		}
		for (const [name, ladder] of ladders) {
			if (own(ladder)) {
				view.reached[name] = {};
				view.stages[name] = climb(ladder, subject.met.get(name), hour, meetsCondition, view.reached[name]);
				const first = ladder.rungs[0].id;
				if (!before) changes.stage.push({ name, from: null, to: first });
				const from = before ? before.stages[name] : first;
				if (from !== view.stages[name]) changes.stage.push({ name, from, to: view.stages[name] });
			} else if (account?.stages[name] !== undefined) {
				view.stages[name] = account.stages[name];
				view.reached[name] = account.reached[name];
			}
		}
		for (const [name, moment] of moments) {
			const is = own(moment) ? meetsCondition(moment) : account?.moments.includes(name);
			if (is) view.moments.push(name);
			if (!is || !own(moment) || before?.moments.includes(name)) continue;
			const cooldown = spanHours(moment.cooldown ?? "30d") * HOUR;
			if (subject.fired.has(name) && at - subject.fired.get(name) < cooldown) continue;
			subject.fired.set(name, at);
			changes.moment.push({ name });
		}
		subject.last = view;
		for (const kind of ["stage", "momentum", "segment", "moment"]) {
			for (const change of changes[kind]) report({ kind, ...change });
		}
	};
}
