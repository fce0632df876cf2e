// What of the language a generated playbook uses. Each seed takes its own part, so that rare mixtures come up too, and
// what an engine does not have yet keeps few seeds from being compared.

const FIRST = {
	forms: ["count", "days", "since", "age"],
	operators: "$eq $ne $gt $gte $lt $lte $in $nin $exists $not".split(" "),
	parts: [],
};
const LATER = {
	forms: "sessions distinct people sum max min sequence last until members ratio".split(" "),
	operators:
		"$all $alli $elemMatch $inGroup $notInGroup $ini $nini $regex $regexi $size $type $veq $vgt $vgte $vlt $vlte $vne".split(
			" ",
		),
	parts: ["scores", "success", "rhythm", "first_seen"],
};

/** `{forms, operators, parts}`: lists of names for the first two, a set of them for the last. */
export function generateFeatures(random) {
	const share = random.pick([0, 0.25, 0.6, 1]);
	const take = (kind) => [...FIRST[kind], ...LATER[kind].filter(() => random.chance(share))];
	return { forms: take("forms"), operators: new Set(take("operators")), parts: new Set(take("parts")) };
}
