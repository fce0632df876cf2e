// Sections 3 to 6 of semantics.md: one evaluation of one subject (a person or an account), from all it knows.
import { condition, plainScheme, valueAt, viewScheme } from "./conditions.mjs";
import { climb, successOf } from "./ladders.mjs";
import { aliveOf, momentumOf } from "./momentum.mjs";
import { fromMillionths, millionths } from "./numbers.mjs";
import { compileSignal, pattern } from "./signals.mjs";
import { dayOf, HOUR, hourOfTrait, spanHours } from "./time.mjs";

const scopeOf = (definition) => definition.scope ?? "person";

/** What a subject has to know of the playbook. */
export function compileSubjects(playbook) {
	const properties = plainScheme(playbook.groups);
	const signals = { person: [], account: [] };
	for (const [name, definition] of Object.entries(playbook.signals ?? {})) {
		const compiled = compileSignal(definition, properties);
		if (compiled !== undefined) signals[scopeOf(definition)].push([name, compiled]);
	}
	const isActivity = pattern(playbook.activity ?? "*", properties);
	return { signals, isActivity, ladders: Object.keys(playbook.ladders ?? {}) };
}

/** Every condition of the playbook's definitions, by the object that it is written as. */
function compileConditions(playbook) {
	const scheme = viewScheme(playbook);
	const of = (part) => Object.values(playbook[part] ?? {});
	const written = [
		...[...of("segments"), ...of("moments")].map((each) => each.when),
		...of("segments").flatMap((segment) => Object.values(segment.success ?? {})),
		...of("scores").flatMap((score) => score.points.map((point) => point.when)),
		...of("ladders").flatMap((ladder) => ladder.rungs.flatMap((rung) => rung.when ?? [])),
		...of("signals").flatMap((signal) => signal.members ?? []),
	];
	return new Map(written.map((each) => [each, condition(each, scheme)]));
}

/** The signals that hang on more than events: of the view so far, the clock and the members. */
function derived(definition, view, { hour, offset, members }, holdsOf) {
	if ("members" in definition) return members.filter(holdsOf(definition.members)).length;
	if ("until" in definition) {
		const until = hourOfTrait(valueAt(view, definition.until.split(".")), offset);
		return until === undefined ? undefined : until - hour;
	}
	const part = (name) => (name.includes(".") ? valueAt(view, name.split(".")) : view.signals[name]);
	const [a, b] = definition.ratio.map(part);
	const share = typeof a === "number" && typeof b === "number" && b !== 0 ? a / b : undefined;
	return Number.isFinite(share) ? share : undefined;
}

function bandOf(bands, score) {
	const reached = Object.entries(bands ?? {}).filter(([, threshold]) => threshold <= score);
	return reached.sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Evaluates subjects against one playbook; `report(change)` gets the lines of the timeline, without their time. */
export function evaluator(playbook) {
	const tests = compileConditions(playbook);
	const written = (part) => Object.entries(playbook[part] ?? {});
	const [signals, segments, scores, ladders, moments] = "signals segments scores ladders moments"
		.split(" ")
		.map(written);
	const interval = Number.parseInt(playbook.interval ?? "7d", 10);
	const firstSeen = playbook.first_seen?.split(".");
	const { rhythm } = playbook;

	/**
	 * `seen`: `at` in milliseconds, `hour` and `offset` of the subject's clock, the traits `user` and `accountTraits`,
	 * `account` (for a person who has one that was evaluated: what its last evaluation had), `members` (for an account:
	 * what the last evaluation of each had).
	 */
	return function evaluate(subject, seen, report) {
		const { at, hour, account } = seen;
		const before = subject.last;
		const view = {
			user: seen.user,
			account: seen.accountTraits,
			signals: {},
			segments: [],
			scores: {},
			bands: {},
			stages: {},
			reached: {},
			moments: [],
		};
		const holdsOf = (when) => tests.get(when);
		const holds = (when) => holdsOf(when)(view);
		const own = (definition) => scopeOf(definition) === subject.scope;
		const put = (part, name, value) => {
			if (value !== undefined) view[part][name] = value;
		};
		const changes = { stage: [], momentum: [], segment: [], moment: [] };

		for (const [name, definition] of signals) {
			const counted = subject.signals.get(name);
			if (counted !== undefined) put("signals", name, counted.value(hour));
			else if (own(definition)) put("signals", name, derived(definition, view, seen, holdsOf));
			else put("signals", name, account?.signals[name]);
		}
		for (const [name, definition] of segments) {
			const is = own(definition) ? holds(definition.when) : account?.segments.includes(name);
			const was = before?.segments.includes(name) ?? null;
			if (own(definition) && is !== (was ?? false)) changes.segment.push({ name, from: was, to: is });
			if (is) view.segments.push(name);
		}
		if (subject.scope === "person") {
			if (subject.activeDays.length > 0) {
				const first = firstSeen && hourOfTrait(valueAt(view, firstSeen), seen.offset);
				const [days, today] = [subject.activeDays, dayOf(hour)];
				view.momentum = momentumOf(days, first === undefined ? undefined : dayOf(first), today, interval);
				if (rhythm) view.alive = aliveOf(days, today, rhythm);
				if (view.momentum === "current" && view.alive < rhythm?.at_risk_below) view.momentum = "at_risk";
			}
			const [from, to] = [before?.momentum ?? null, view.momentum ?? null];
			if (from !== to) changes.momentum.push({ name: "momentum", from, to });
		}
		for (const [name, score] of scores) {
			if (own(score)) {
				const points = score.points.filter((point) => holds(point.when));
				put("scores", name, fromMillionths(points.reduce((sum, point) => sum + millionths(point.add), 0n)));
				put("bands", name, bandOf(score.bands, view.scores[name]));
			} else {
				put("scores", name, account?.scores[name]);
				put("bands", name, account?.bands[name]);
			}
		}
		for (const [name, ladder] of ladders) {
			if (own(ladder)) {
				const isIcp = ([id, segment]) => segment.success !== undefined && view.segments.includes(id);
				const icp = name === "journey" ? segments.find(isIcp)?.[1] : undefined;
				const [first] = ladder.rungs;
				const meets = (rung) => rung === first || holds(successOf(icp, rung) ?? rung.when);
				view.reached[name] = {};
				view.stages[name] = climb(ladder, subject.met.get(name), hour, meets, view.reached[name]);
				if (!before) changes.stage.push({ name, from: null, to: first.id });
				const from = before ? before.stages[name] : first.id;
				if (from !== view.stages[name]) changes.stage.push({ name, from, to: view.stages[name] });
			} else {
				put("stages", name, account?.stages[name]);
				put("reached", name, account?.reached[name]);
			}
		}
		for (const [name, moment] of moments) {
			const is = own(moment) ? holds(moment.when) : account?.moments.includes(name);
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
