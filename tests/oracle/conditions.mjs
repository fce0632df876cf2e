// Section 4 of semantics.md: GrowthBook's conditions, with stages, spans, and what is absent.
import { inGroup, OPERATORS } from "./operators.mjs";
import { spanHours } from "./time.mjs";

/** The value at a path, a list of keys; what is absent is null. */
export function valueAt(document, path) {
	let value = document;
	for (const key of path) {
		if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return null;
		value = value[key];
	}
	return value ?? null;
}

const isOperators = (value) => {
	const keys = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
	return keys.length > 0 && keys.every((key) => key.startsWith("$"));
};

/** A field of which nothing is known: neither in hours, nor a stage. */
const PLAIN = { hours: false, rungs: [] };

/** Each of a list's tests has to hold for one element at least. */
function all(tests) {
	return (value) => Array.isArray(value) && tests.every((test) => value.some((element) => test(element)));
}

function elemMatch(operand, scheme) {
	const test = isOperators(operand) ? tester(operand, PLAIN, scheme) : condition(operand, scheme);
	// GrowthBook: what is false as JavaScript sees it (0, "", false, null) is never looked at.
	return (value) => Array.isArray(value) && value.some((element) => element && test(element));
}

/** The test that an operator with its operand is, as a function of the value. */
function operator(name, operand, field, scheme) {
	const hours = (each) => (field.hours ? (spanHours(each) ?? each) : each);
	const wanted = Array.isArray(operand) ? operand.map(hours) : hours(operand);
	const position = field.rungs.indexOf(wanted);
	switch (name) {
		case "$not": {
			const test = tester(operand, field, scheme);
			return (value) => !test(value);
		}
		case "$size": {
			const test = tester(operand, PLAIN, scheme);
			return (value) => Array.isArray(value) && test(value.length);
		}
		case "$elemMatch":
			return elemMatch(operand, scheme);
		case "$all":
		case "$alli":
			if (!Array.isArray(operand)) return () => false;
			return all(operand.map((each) => tester(each, PLAIN, scheme, name === "$alli")));
		case "$inGroup":
			return inGroup(scheme.groups[operand]);
		case "$notInGroup": {
			const test = inGroup(scheme.groups[operand]);
			return (value) => !test(value);
		}
		case "$atLeast":
			return (value) => value !== null && field.rungs.indexOf(value) >= position;
		case "$below":
			return (value) => value !== null && field.rungs.indexOf(value) < position;
		default:
			// GrowthBook: an operator that is not known never holds.
			return OPERATORS[name]?.(wanted) ?? (() => false);
	}
}

/** The test that what is written for one field is: a plain value, or operators. */
function tester(written, field, scheme, anyCase = false) {
	const plain = field.hours ? (spanHours(written) ?? written) : written;
	if (typeof plain === "string") {
		const wanted = plain.toLowerCase();
		return anyCase ? (value) => `${value}`.toLowerCase() === wanted : (value) => `${value}` === plain;
	}
	if (typeof plain === "number") return (value) => value !== null && value * 1 === plain;
	if (typeof plain === "boolean") return (value) => value !== null && !!value === plain;
	if (plain === null) return (value) => value === null;
	if (!isOperators(plain)) {
		const wanted = JSON.stringify(plain);
		return (value) => JSON.stringify(value) === wanted;
	}
	const tests = Object.entries(plain).map(([name, operand]) => operator(name, operand, field, scheme));
	return (value) => tests.every((test) => test(value));
}

/**
 * A condition as a function of the document. `scheme`: `{groups, fieldOf}`, where `fieldOf(path)` says of a field whether
 * it is in hours, and the rungs of the ladder whose stage it is.
 */
export function condition(written, scheme) {
	const each = (list) => list.map((one) => condition(one, scheme));
	const tests = Object.entries(written).map(([key, operand]) => {
		if (key === "$and") {
			const tests = each(operand);
			return (document) => tests.every((test) => test(document));
		}
		if (key === "$or" || key === "$nor") {
			const tests = each(operand);
			// GrowthBook: an empty $or holds.
			return (document) => (tests.length === 0 || tests.some((test) => test(document))) === (key === "$or");
		}
		if (key === "$not") {
			const test = condition(operand, scheme);
			return (document) => !test(document);
		}
		const path = key.split(".");
		const test = tester(operand, scheme.fieldOf(key), scheme);
		return (document) => test(valueAt(document, path));
	});
	return (document) => tests.every((test) => test(document));
}

/** Of documents in which no field is in hours or a stage, as an event's properties. */
export const plainScheme = (groups = {}) => ({ groups, fieldOf: () => PLAIN });

/** What the conditions of a playbook must know of the fields of a view. */
export function viewScheme(playbook) {
	const known = new Map();
	for (const [name, signal] of Object.entries(playbook.signals ?? {})) {
		const hours = ["since", "age", "until"].some((form) => form in signal);
		if (hours) known.set(`signals.${name}`, { hours, rungs: [] });
	}
	for (const [name, ladder] of Object.entries(playbook.ladders ?? {})) {
		const rungs = ladder.rungs.map((rung) => rung.id);
		known.set(`stages.${name}`, { hours: false, rungs });
		for (const rung of rungs) known.set(`reached.${name}.${rung}`, { hours: true, rungs: [] });
	}
	return { groups: playbook.groups ?? {}, fieldOf: (path) => known.get(path) ?? PLAIN };
}
