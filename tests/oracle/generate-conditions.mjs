// Random conditions over what a definition may use. Thresholds are small, so that they are crossed often.

const ORDERINGS = ["$gt", "$gte", "$lt", "$lte"];
const MOMENTA = ["new", "current", "resurrected", "dormant"];
const TRAITS = ["plan", "seats", "role", "beta", "address.city", "tags"];

const number = (random, value) =>
	random.pick([
		() => ({ [random.pick(ORDERINGS)]: value }),
		() => ({ $gte: value }),
		() => ({ $gte: value, $lt: value + random.whole(1, 4) }),
		() => ({ $in: [value, value + 1, 0] }),
		() => ({ $nin: [value, 0] }),
		() => ({ [random.pick(["$eq", "$ne"])]: value }),
		() => ({ $exists: random.chance(0.7) }),
		() => ({ $not: { [random.pick(ORDERINGS)]: value } }),
		() => value,
		() => random.pick([0, value]),
	])();

const word = (random, words) =>
	random.pick([
		() => random.pick(words),
		() => ({ [random.pick(["$eq", "$ne"])]: random.pick(words) }),
		() => ({ [random.pick(["$in", "$nin"])]: random.some(words) }),
		() => ({ $exists: random.chance(0.7) }),
		() => ({ $not: { $in: random.some(words) } }),
		() => ({ [random.pick(ORDERINGS)]: random.pick(words) }),
	])();

function trait(random, owner) {
	const name = random.pick(TRAITS);
	const wanted = {
		plan: () => word(random, ["free", "pro", "team"]),
		seats: () => random.pick([8, number(random, random.pick([1, 2, 5, 8]))]),
		role: () => word(random, ["admin", "member"]),
		beta: () => random.pick([true, false, { $eq: true }, { $ne: false }, null]),
		"address.city": () => word(random, ["Bern", "Oslo"]),
		tags: () => ({ [random.pick(["$in", "$nin"])]: random.some(["x", "y", "z"]) }),
	};
	return { [`${owner}.${name}`]: wanted[name]() };
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
	])();

function stage(random, ladder) {
	const rung = random.pick(ladder.rungs);
	const test = random.pick(["$atLeast", "$atLeast", "$below", "$below", "$eq", "$ne"]);
	if (random.chance(0.15)) return { [`stages.${ladder.name}`]: rung };
	const operators = { [test]: rung };
	return { [`stages.${ladder.name}`]: random.chance(0.1) ? { $not: operators } : operators };
}

/** A condition on one field of `known`: `{signals, segments, momentum, ladders, moments, reached}` defined before. */
function leaf(random, known) {
	const choices = [() => trait(random, random.pick(known.traits))];
	const list = (name) => ({
		[name]: { [random.chance(0.75) ? "$in" : "$nin"]: random.some(known[name], 2) },
	});
	if (known.signals.length > 0) {
		const ofSignal = () => {
			const { name, hours: isHours } = random.pick(known.signals);
			return { [`signals.${name}`]: isHours ? inHours(random) : number(random, random.whole(1, 6)) };
		};
		choices.push(ofSignal, ofSignal, ofSignal);
	}
	if (known.segments.length > 0) choices.push(() => list("segments"));
	if (known.moments.length > 0) choices.push(() => list("moments"));
	if (known.momentum) choices.push(() => ({ momentum: word(random, MOMENTA) }));
	if (known.ladders.length > 0) {
		const ofLadder = () => stage(random, random.pick(known.ladders));
		choices.push(ofLadder, ofLadder);
	}
	if (known.reached.length > 0)
		choices.push(() => ({ [`reached.${random.pick(known.reached)}`]: inHours(random) }));
	return random.pick(choices)();
}

export function generateCondition(random, known, depth = 0) {
	const inner = () => generateCondition(random, known, depth + 1);
	const draw = depth > 2 ? 0 : random.share();
	if (draw < 0.55) return leaf(random, known);
	if (draw < 0.7) return { ...leaf(random, known), ...leaf(random, known) };
	if (draw < 0.8) return { $or: [inner(), inner()] };
	if (draw < 0.87) return { $and: [inner(), inner()], ...leaf(random, known) };
	if (draw < 0.94) return { $not: inner() };
	return { $nor: [inner(), inner()] };
}

/** A condition on an event's properties. */
export function generateWhere(random) {
	const choices = [
		() => ({ files: number(random, random.pick([1, 2, 3, 5])) }),
		() => ({ files: number(random, random.pick([1, 2, 3, 5])) }),
		() => ({ kind: word(random, ["a", "b", "c"]) }),
		() => ({ ok: random.pick([true, false, { $exists: true }]) }),
		() => ({ "cart.total": number(random, random.whole(5, 40)) }),
		() => ({ "cart.owner.name": word(random, ["x", "y"]) }),
		() => ({ name: word(random, ["Home", "Plans"]) }),
	];
	const one = () => random.pick(choices)();
	if (random.chance(0.6)) return one();
	return random.pick([
		() => ({ $or: [one(), one()] }),
		() => ({ $not: one() }),
		() => ({ ...one(), ...one() }),
	])();
}
