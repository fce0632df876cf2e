// The operators of GrowthBook's JavaScript SDK on a value, as section 4 of semantics.md takes them over.
import { compareVersions } from "./versions.mjs";

/** JavaScript's comparison, as GrowthBook's, but for null, which is neither below nor above anything. */
const ordering = (compare) => (wanted) => (value) =>
	value !== null && wanted !== null && compare(value, wanted);

const ofVersions = (holds) => (wanted) => (value) => holds(compareVersions(value, wanted));

const lower = (value) => (typeof value === "string" ? value.toLowerCase() : value);

/** Whether a value, or one element of a list, is among `list`: without any conversion, an object is never. */
const isIn = (value, list) =>
	Array.isArray(value) ? value.some((each) => list.includes(each)) : list.includes(value);

const isInAnyCase = (value, list) =>
	isIn(Array.isArray(value) ? value.map(lower) : lower(value), list.map(lower));

/** A test on lists only, where the operand has to be one. */
const ofList = (test) => (wanted) => (value) => Array.isArray(wanted) && test(value, wanted);

function typeOf(value) {
	if (value === null) return "null";
	return Array.isArray(value) ? "array" : typeof value;
}

/** JavaScript's classes but for `\s` are ASCII as they stand, and its `$` is the very end. */
function regex(written, flags) {
	let expression;
	try {
		expression = new RegExp(written, flags);
	} catch {
		return () => false;
	}
	return (value) => typeof value === "string" && expression.test(value);
}

/** Operator → its operand → the test that it is, of a value. Those that hold conditions are in `conditions.mjs`. */
export const OPERATORS = {
	$eq: (wanted) => (value) => value === wanted,
	$ne: (wanted) => (value) => value !== wanted,
	$lt: ordering((a, b) => a < b),
	$lte: ordering((a, b) => a <= b),
	$gt: ordering((a, b) => a > b),
	$gte: ordering((a, b) => a >= b),
	$veq: ofVersions((order) => order === 0),
	$vne: ofVersions((order) => order !== 0),
	$vlt: ofVersions((order) => order < 0),
	$vlte: ofVersions((order) => order <= 0),
	$vgt: ofVersions((order) => order > 0),
	$vgte: ofVersions((order) => order >= 0),
	$in: ofList(isIn),
	$nin: ofList((value, list) => !isIn(value, list)),
	$ini: ofList(isInAnyCase),
	$nini: ofList((value, list) => !isInAnyCase(value, list)),
	$exists: (wanted) => (value) => (wanted ? value !== null : value === null),
	$type: (wanted) => (value) => typeOf(value) === wanted,
	$regex: (wanted) => regex(wanted, ""),
	$regexi: (wanted) => regex(wanted, "i"),
};

/** `$inGroup`: a group that is not there is empty. */
export const inGroup = (list) => (value) => isIn(value, list ?? []);
