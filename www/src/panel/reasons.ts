/** The arbiter's reasons, as one would say them. */
const words: Record<string, string> = {
	consent: "no consent",
	"global holdout": "in the comparison group of all nudges",
	holdout: "in the comparison group",
	"policy.holdout": "in the comparison group of all nudges",
	"policy.never": "never for this person",
	"policy.open_lead": "somebody is to talk to them",
	"policy.help_first": "help comes first",
	"policy.per_session": "one in a session is enough",
	"policy.gap": "too soon after the last one",
	"policy.quiet": "quiet after a dismissal",
	schedule: "not at this time",
	limits: "its own limits",
	when: "its condition does not hold",
	moment: "its moment has not come",
	anchor: "its place is not on the page",
	slot: "another one is on screen",
};

export function reasonInWords(reason: string): string {
	const known = words[reason] ?? words[reason.split(".")[0] ?? ""];
	return known ? `${known} (${reason})` : reason;
}
