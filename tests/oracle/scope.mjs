// What of semantics.md the oracle does not compute: nudges (section 7), and the policy over them. Such a playbook is
// skipped by name, never half computed; so is one with a part or a key that the oracle has not heard of.

const FORMS =
	"count days sessions distinct people sum max min sequence last since age until members ratio".split(" ");
const PARTS =
	"$schema groups activity interval first_seen rhythm signals segments scores ladders moments".split(" ");
const ITEM_KEYS = {
	signals: [...FORMS, "of", "span", "within", "ago", "without", "scope"],
	segments: ["when", "success", "scope"],
	scores: ["points", "bands", "scope"],
	ladders: ["rungs", "climb", "scope"],
	moments: ["when", "motion", "qualifies", "cooldown", "scope"],
};

/** Why the oracle cannot replay a playbook: a list of what is beyond it, empty if nothing is. */
export function beyondScope(playbook) {
	const reasons = new Set();
	for (const part of Object.keys(playbook)) if (!PARTS.includes(part)) reasons.add(part);
	for (const [part, known] of Object.entries(ITEM_KEYS)) {
		for (const item of Object.values(playbook[part] ?? {})) {
			for (const key of Object.keys(item)) if (!known.includes(key)) reasons.add(`${part}: ${key}`);
		}
	}
	return [...reasons];
}
