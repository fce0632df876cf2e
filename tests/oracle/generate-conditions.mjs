// Random conditions over what a definition may use.
import { ofId, ofKind, ofNumber, ofScalar } from "./generate-fields.mjs";
import { PROPERTIES, TRAITS } from "./generate-values.mjs";

const MOMENTA = ["new", "current", "resurrected", "dormant"];
const ORDERINGS = ["$gt", "$gte", "$lt", "$lte"];

function trait(random, known) {
	const [path, kind] = random.pick(Object.entries(TRAITS));
	return { [`${random.pick(known.traits)}.${path}`]: ofKind(random, known.operators, kind) };
}

/** A length of time as conditions compare hours with: a SPAN or a number of hours. */
const hours = (random) =>
	random.pick([`${random.whole(1, 12)}d`, `${random.whole(1, 60)}h`, random.whole(1, 100)]);

const inHours = (random) =>
	random.pick([
		() => ({ $gte: hours(random) }),
		() => ({ $lt: hours(random) }),
		() => ({ $gt: hours(random), $exists: true }),
		() => ({ $not: { $lte: hours(random) } }),
		() => ({ $exists: random.chance(0.5) }),
		() => ({ [random.pick(ORDERINGS)]: 0 }),
	])();

function stage(random, ladder) {
	const rung = random.pick(ladder.rungs);
	const test = random.pick(["$atLeast", "$atLeast", "$below", "$below", "$eq", "$ne"]);
	if (random.chance(0.15)) return { [`stages.${ladder.name}`]: rung };
	const operators = { [test]: rung };
	return { [`stages.${ladder.name}`]: random.chance(0.1) ? { $not: operators } : operators };
}

function ofSignal(random, known) {
	const { name, kind } = random.pick(known.signals);
	const test = {
		hours: () => inHours(random),
		share: () => ({ [random.pick(ORDERINGS)]: random.pick([0.25, 0.5, 1 / 3, 1, 2]) }),
		count: () => ofNumber(random, known.operators),
		scalar: () => ofScalar(random, known.operators),
	};
	return { [`signals.${name}`]: test[kind]() };
}

function ofScore(random, known) {
	const { name, bands } = random.pick(known.scores);
	if (bands.length > 0 && random.chance(0.4))
		return { [`bands.${name}`]: ofId(random, known.operators, bands) };
	return { [`scores.${name}`]: ofNumber(random, known.operators, random.pick([0.3, 5, 10, 15, 0.1])) };
}

/** A test of the ids that hold, `segments` or `moments`. */
function list(random, known, name) {
	const ids = random.some(known[name], 2);
	const tests = ["$in", "$in", "$in", "$nin", "$all", "$elemMatch", "$size"];
	const test = random.pick(tests.filter((each) => known.operators.has(each)));
	if (test === "$elemMatch") return { [name]: { $elemMatch: { $eq: ids[0] } } };
	if (test === "$size") return { [name]: { $size: { $gte: ids.length } } };
	return { [name]: { [test]: ids } };
}

/** A condition on one field of `known`, what is defined before. */
function leaf(random, known) {
	const choices = [() => trait(random, known)];
	const often = (count, choice) => choices.push(...Array(count).fill(choice));
	if (known.signals.length > 0) often(4, () => ofSignal(random, known));
	if (known.segments.length > 0) often(1, () => list(random, known, "segments"));
	if (known.moments.length > 0) often(1, () => list(random, known, "moments"));
	if (known.momentum)
		often(1, () => ({
			momentum: ofId(random, known.operators, known.alive ? [...MOMENTA, "at_risk"] : MOMENTA),
		}));
	if (known.alive)
		often(1, () => ({ alive: { [random.pick(ORDERINGS)]: random.pick([0.5, 0.25, 0.8, 0.37]) } }));
	if (known.scores.length > 0) often(2, () => ofScore(random, known));
	if (known.ladders.length > 0) often(2, () => stage(random, random.pick(known.ladders)));
	if (known.reached.length > 0)
		often(1, () => ({ [`reached.${random.pick(known.reached)}`]: inHours(random) }));
	return random.pick(choices)();
}

const anyOf = (random, one, inner) =>
	random.pick([
		() => ({ $or: [inner(), inner()] }),
		() => ({ $and: [inner(), inner()], ...one() }),
		() => ({ $not: inner() }),
		() => ({ $nor: [inner(), inner()] }),
		() => ({ ...one(), ...one() }),
		() => ({ ...one(), ...one() }),
	])();

export function generateCondition(random, known, depth = 0) {
	const one = () => leaf(random, known);
	if (depth > 2 || random.chance(0.55)) return one();
	return anyOf(random, one, () => generateCondition(random, known, depth + 1));
}

/** A condition on an event's properties. */
export function generateWhere(random, operators) {
	const one = () => {
		const [path, kind] = random.pick(Object.entries(PROPERTIES));
		return { [path]: ofKind(random, operators, kind) };
	};
	return random.chance(0.7) ? one() : anyOf(random, one, one);
}
