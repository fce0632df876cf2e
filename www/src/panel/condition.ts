import type { Json } from "ripen";

export type Condition = { [key: string]: Json | undefined };

const comparisons: Record<string, string> = {
	$eq: "is",
	$ne: "is not",
	$lt: "<",
	$lte: "≤",
	$gt: ">",
	$gte: "≥",
	$in: "is one of",
	$atLeast: "at least",
	$below: "below",
};

/** A playbook's condition in words. It only reads it out: what holds is for the engine to say. */
export function inWords(condition: Condition): string {
	return Object.entries(condition)
		.map(([field, wanted]) => {
			if (field === "$or" && Array.isArray(wanted)) return wanted.map(part).join(" or ");
			if (field === "$and" && Array.isArray(wanted)) return wanted.map(part).join(" and ");
			if (field === "$not") return `not (${part(wanted)})`;
			return comparison(field.replace(/^(signals|stages|segments)\./, ""), wanted);
		})
		.join(", ");
}

function part(condition: Json | undefined): string {
	return isCondition(condition) ? inWords(condition) : JSON.stringify(condition);
}

function comparison(field: string, wanted: Json | undefined): string {
	if (!isCondition(wanted)) return `${field} is ${word(wanted)}`;
	return Object.entries(wanted)
		.map(([operator, value]) => {
			if (operator === "$exists") return `${field} is ${value ? "known" : "not known"}`;
			return `${field} ${comparisons[operator] ?? operator} ${word(value)}`;
		})
		.join(" and ");
}

function word(value: Json | undefined): string {
	if (Array.isArray(value)) return value.map(word).join(", ");
	return typeof value === "string" ? value : JSON.stringify(value);
}

function isCondition(value: Json | undefined): value is Condition {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
