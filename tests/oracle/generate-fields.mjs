// Random tests of one field, by the kind of values that it holds. Thresholds are small, so that they are crossed often.
import { VERSIONS, WORDS } from "./generate-values.mjs";

export const ORDERINGS = ["$gt", "$gte", "$lt", "$lte"];
const VERSION_ORDERINGS = "$veq $vgt $vgte $vlt $vlte $vne".split(" ");
/** What may be compared with; the field itself may hold anything. */
const WELL_FORMED = VERSIONS.filter((version) => /^v?\d/.test(version));
const TYPES = ["string", "number", "boolean", "null", "array", "object"];
const PATTERNS = [
	"^a",
	"[bc]$",
	"^\\d+$",
	"a|\u00e9",
	"^.$",
	"(rc|v)\\.?1",
	"",
	"^\\w*z?$",
	"x{1,2}",
	"\\bb\\b",
];
const THRESHOLDS = [0, 0.3, 0.1, 2.5, -1, 1e-7, 9e12];

/** The playbook's groups, for `$inGroup`. */
export const GROUPS = { few: ["a", "b", 1], others: ["C", "\u00e9", 0, true, "10"], none: [] };

/**
 * One of the choices, those with an operator for a name only if `operators` has it: then what is chosen is its operand.
 */
function choose(random, operators, choices) {
	const names = Object.keys(choices).filter((name) => !name.startsWith("$") || operators.has(name));
	const name = random.pick(names);
	return name.startsWith("$") ? { [name]: choices[name]() } : choices[name]();
}

const inGroups = (random) => ({
	$inGroup: () => random.pick(Object.keys(GROUPS)),
	$notInGroup: () => random.pick(Object.keys(GROUPS)),
});

/** A test of a field that holds one of a few ids, of a band or of momentum. */
export const ofId = (random, operators, ids) =>
	choose(random, operators, {
		plain: () => random.pick(ids),
		$eq: () => random.pick(ids),
		$ne: () => random.pick(ids),
		$in: () => random.some(ids, 3),
		$nin: () => random.some(ids, 3),
		$exists: () => random.chance(0.7),
		$not: () => ({ $in: random.some(ids, 3) }),
	});

/** `near`: the whole numbers that the field often is near. */
export const ofNumber = (random, operators, near = random.whole(1, 6)) => {
	const value = random.chance(0.2) ? random.pick(THRESHOLDS) : near;
	return choose(random, operators, {
		ordering: () => ({ [random.pick(ORDERINGS)]: value }),
		atLeast: () => ({ $gte: value }),
		between: () => ({ $gte: value, $lt: value + random.whole(1, 4) }),
		plain: () => value,
		zero: () => 0,
		$in: () => [value, value + 1, 0],
		$nin: () => [value, 0],
		$eq: () => value,
		$ne: () => value,
		$exists: () => random.chance(0.7),
		$not: () => ({ [random.pick(ORDERINGS)]: value }),
		$type: () => random.pick(["number", "null"]),
		...inGroups(random),
	});
};

export const ofWord = (random, operators, words = WORDS) =>
	choose(random, operators, {
		plain: () => random.pick(words),
		ordering: () => ({ [random.pick(ORDERINGS)]: random.pick(words) }),
		$eq: () => random.pick(words),
		$ne: () => random.pick(words),
		$in: () => random.some(words, 3),
		$nin: () => random.some(words, 3),
		$exists: () => random.chance(0.7),
		$not: () => ({ $in: random.some(words, 3) }),
		$ini: () => random.some(words, 3).map((word) => word.toUpperCase()),
		$nini: () => random.some(words, 3).map((word) => word.toUpperCase()),
		$regex: () => random.pick(PATTERNS),
		$regexi: () => random.pick(PATTERNS),
		$type: () => random.pick(TYPES),
		...inGroups(random),
	});

const ofBool = (random) =>
	random.pick([true, false, { $eq: true }, { $ne: false }, null, { $in: [true, 1] }]);

const ofVersion = (random, operators) => {
	const [name] = random.shuffled(VERSION_ORDERINGS.filter((each) => operators.has(each)));
	if (name === undefined) return ofWord(random, operators, VERSIONS);
	const test = { [name]: random.pick(WELL_FORMED) };
	return random.chance(0.2) && operators.has("$vlt") ? { ...test, $vlt: "2.0.0" } : test;
};

const ofList = (random, operators) =>
	choose(random, operators, {
		plain: () => random.pick([["a"], ["b", "C"], [1, 2, 3], []]),
		$in: () => random.some(["a", "b", "c", 1], 2),
		$nin: () => random.some(["a", "b", "c", 1], 2),
		$ini: () => random.some(["A", "B", "c"], 2),
		$nini: () => random.some(["A", "B", "c"], 2),
		$all: () => random.pick([["a", "b"], ["a"], [1, 2], [], ["1"]]),
		$alli: () => random.pick([["A", "B"], ["c"], ["1"]]),
		$size: () => random.pick([0, 1, 3, { $gte: 2 }]),
		$elemMatch: () => random.pick([{ $eq: "a" }, { $gt: 1 }, { $in: ["b", 2] }, { $not: { $eq: "a" } }]),
		$not: () => ({ $in: ["a"] }),
		$exists: () => random.chance(0.7),
		$type: () => random.pick(["array", "string"]),
		...inGroups(random),
	});

const ofItems = (random, operators) =>
	choose(random, operators, {
		$exists: () => random.chance(0.7),
		$size: () => random.pick([1, 2, { $lt: 2 }]),
		$elemMatch: () =>
			random.pick([
				{ sku: ofWord(random, operators, ["a", "b", "C"]) },
				{ n: ofNumber(random, operators) },
				{ sku: "a", n: { $lt: 3 } },
				{ tags: { $in: ["a"] } },
			]),
		$type: () => random.pick(["array", "object"]),
	});

/** What a signal is may be known to be no list: then `check` refuses what asks about one. */
export const ofScalar = (random, operators) =>
	random.pick([
		() => ofWord(random, operators),
		() => ofNumber(random, operators),
		() => random.pick([true, false, null, "null", "true", 8, 1, { $in: [true, 1, "a"] }]),
	])();

const ofAny = (random, operators) =>
	random.pick([
		() => ofWord(random, operators),
		() => ofNumber(random, operators),
		() => ofList(random, operators),
		() => ofBool(random),
		() => random.pick([{ b: 1 }, null, "null", "true", "1,2,3", 8, 16, true]),
	])();

const KINDS = {
	number: ofNumber,
	word: ofWord,
	bool: ofBool,
	version: ofVersion,
	list: ofList,
	items: ofItems,
	any: ofAny,
};

/** A test of a field of a kind (see generate-values.mjs). */
export const ofKind = (random, operators, kind) => KINDS[kind](random, operators);
