// Section 4 of semantics.md: GrowthBook's conditions, with stages, spans, and what is absent.
import { spanHours } from "./time.mjs";

/** The value at a path, a list of keys; what is absent is null. */
function valueAt(document, path) {
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

const isIn = (value, list) =>
	Array.isArray(value) ? value.some((each) => list.includes(each)) : list.includes(value);

/** JavaScript's comparison, as GrowthBook's, but for null, which is neither below nor above anything. */
const ordered = (value, wanted, compare) => value !== null && wanted !== null && compare(value, wanted);

/** The test that an operator with its operand is, as a function of the value. */
function operator(name, operand, field) {
	const hours = (each) => (field.hours ? (spanHours(each) ?? each) : each);
	const wanted = Array.isArray(operand) ? operand.map(hours) : hours(operand);
	const position = field.rungs.indexOf(wanted);
	switch (name) {
		case "$eq":
			return (value) => value === wanted;
		case "$ne":
			return (value) => value !== wanted;
		case "$lt":
			return (value) => ordered(value, wanted, (a, b) => a < b);
		case "$lte":
			return (value) => ordered(value, wanted, (a, b) => a <= b);
		case "$gt":
			return (value) => ordered(value, wanted, (a, b) => a > b);
		case "$gte":
			return (value) => ordered(value, wanted, (a, b) => a >= b);
		case "$in":
			return (value) => Array.isArray(wanted) && isIn(value, wanted);
		case "$nin":
			return (value) => Array.isArray(wanted) && !isIn(value, wanted);
		case "$exists":
			return (value) => (wanted ? value !== null : value === null);
		case "$not": {
			const test = tester(operand, field);
			return (value) => !test(value);
		}
		case "$atLeast":
			return (value) => value !== null && field.rungs.indexOf(value) >= position;
		case "$below":
			return (value) => value !== null && field.rungs.indexOf(value) < position;
		default:
			throw new Error(`operator beyond the oracle: ${name}`);
	}
}

/** The test that what is written for one field is: a plain value, or operators. */
function tester(written, field) {
	const plain = field.hours ? (spanHours(written) ?? written) : written;
	if (typeof plain === "string") return (value) => `${value}` === plain;
	if (typeof plain === "number") return (value) => value !== null && value * 1 === plain;
	if (typeof plain === "boolean") return (value) => value !== null && !!value === plain;
	if (plain === null) return (value) => value === null;
	if (!isOperators(plain)) return (value) => JSON.stringify(value) === JSON.stringify(plain);
	const tests = Object.entries(plain).map(([name, operand]) => operator(name, operand, field));
	return (value) => tests.every((test) => test(value));
}

/**
 * A condition as a function of the document. `fieldOf(path)` says of a field whether it is in hours, and the rungs of
 * the ladder whose stage it is.
 */
export function condition(written, fieldOf) {
	const all = (list) => list.map((each) => condition(each, fieldOf));
	const tests = Object.entries(written).map(([key, operand]) => {
		if (key === "$and") {
			const each = all(operand);
			return (document) => each.every((test) => test(document));
		}
		if (key === "$or" || key === "$nor") {
			const each = all(operand);
			// GrowthBook: an empty $or holds.
			return (document) => (each.length === 0 || each.some((test) => test(document))) === (key === "$or");
		}
		if (key === "$not") {
			const test = condition(operand, fieldOf);
			return (document) => !test(document);
		}
		const path = key.split(".");
		const test = tester(operand, fieldOf(key));
		return (document) => test(valueAt(document, path));
	});
	return (document) => tests.every((test) => test(document));
}

const PLAIN = { hours: false, rungs: [] };

/** What the conditions of a playbook must know of the fields they name. */
export function fieldsOf(playbook) {
	const known = new Map();
	for (const [name, signal] of Object.entries(playbook.signals ?? {})) {
		if ("since" in signal || "age" in signal) known.set(`signals.${name}`, { hours: true, rungs: [] });
	}
	for (const [name, ladder] of Object.entries(playbook.ladders ?? {})) {
		const rungs = ladder.rungs.map((rung) => rung.id);
		known.set(`stages.${name}`, { hours: false, rungs });
		for (const rung of rungs) known.set(`reached.${name}.${rung}`, { hours: true, rungs: [] });
	}
	return (path) => known.get(path) ?? PLAIN;
}

/** Fields of an event's properties are never hours or stages. */
export const propertyField = () => PLAIN;
