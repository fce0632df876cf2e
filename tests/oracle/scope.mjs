// What of semantics.md the oracle does not compute. Such a playbook is skipped by name, never half computed.

const FORMS = ["count", "days", "since", "age"];
const OPERATORS = "$eq $ne $gt $gte $lt $lte $in $nin $exists $and $or $nor $not $atLeast $below".split(" ");
const PARTS = "$schema activity interval signals segments ladders moments".split(" ");
const ITEM_KEYS = {
	signals: [...FORMS, "within", "ago", "without", "scope"],
	segments: ["when", "scope"],
	ladders: ["rungs", "climb", "scope"],
	moments: ["when", "motion", "qualifies", "cooldown", "scope"],
};

function* operatorsIn(value) {
	if (value === null || typeof value !== "object") return;
	for (const [key, inner] of Object.entries(value)) {
		if (key.startsWith("$") && key !== "$schema") yield key;
		yield* operatorsIn(inner);
	}
}

/** Why the oracle cannot replay a playbook: a list of what is beyond it, empty if nothing is. */
export function beyondScope(playbook) {
	const reasons = new Set();
	for (const part of Object.keys(playbook)) if (!PARTS.includes(part)) reasons.add(part);
	for (const [part, known] of Object.entries(ITEM_KEYS)) {
		for (const item of Object.values(playbook[part] ?? {})) {
			for (const key of Object.keys(item)) if (!known.includes(key)) reasons.add(`${part}: ${key}`);
		}
	}
	for (const name of operatorsIn(playbook)) if (!OPERATORS.includes(name)) reasons.add(name);
	return [...reasons];
}
