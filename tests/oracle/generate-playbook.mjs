// Random playbooks that are valid: a definition uses only what is written before it and what its scope may see.
import { generateCondition } from "./generate-conditions.mjs";
import { generateFeatures } from "./generate-features.mjs";
import { GROUPS } from "./generate-fields.mjs";
import { generateLadder, generateSuccess } from "./generate-ladders.mjs";
import { generatePattern, generateSignal } from "./generate-signals.mjs";

const COOLDOWNS = ["1h", "3h", "1d", "2d", "3d", "7d", "14d", undefined];
const ADDS = [0.1, 0.2, 0.3, 5, 10, -5, 1.2345678, 1e-7, 59.5, 0.5];
const RHYTHMS = [
	{ r: 0.525, alpha: 6.183, a: 0.891, b: 1.614, at_risk_below: 0.5 },
	{ r: 1, alpha: 1, a: 1, b: 1, at_risk_below: 0.25 },
	{ r: 40, alpha: 1e-9, a: 1, b: 1, at_risk_below: 0.9 },
];

/** What is defined so far, as the definitions of one scope may use it. */
const nothingYet = (traits, operators) => ({
	traits,
	operators,
	signals: [],
	segments: [],
	momentum: false,
	alive: false,
	scores: [],
	ladders: [],
	moments: [],
	reached: [],
});

function score(random, known) {
	const points = Array.from({ length: random.whole(1, 4) }, () => ({
		when: random.chance(0.15) ? {} : generateCondition(random, known),
		add: random.pick(ADDS),
	}));
	if (random.chance(0.3)) return { points };
	const thresholds = random.some([0.3, 0, 5, 10.5, -5, 15], 3);
	return { points, bands: Object.fromEntries(thresholds.map((each, i) => [["hot", "A", "b"][i], each])) };
}

export function generatePlaybook(random) {
	const features = generateFeatures(random);
	const { operators, parts } = features;
	const known = {
		person: nothingYet(["user", "account"], operators),
		account: nothingYet(["account"], operators),
	};
	const accounts = random.chance(0.65);
	const seenBy = (which) => (which === "account" ? [known.account, known.person] : [known.person]);
	const playbook = {};
	/** Defines `count` of a part in random scopes; `make(name, scope)` gives the definition. */
	const define = (part, prefix, count, make) => {
		playbook[part] = {};
		for (let i = 0; i < count; i++) {
			const which = accounts && random.chance(0.35) ? "account" : "person";
			const name = `${prefix}_${i}`;
			const definition = make(name, which);
			playbook[part][name] = which === "account" ? { ...definition, scope: which } : definition;
		}
	};

	if (operators.has("$inGroup") || operators.has("$notInGroup")) playbook.groups = GROUPS;
	if (random.chance(0.7)) playbook.activity = generatePattern(random, features);
	if (random.chance(0.6)) playbook.interval = random.pick(["1d", "2d", "7d", "30d"]);
	if (parts.has("first_seen")) playbook.first_seen = random.pick(["user.createdAt", "user.renews"]);
	if (parts.has("rhythm")) playbook.rhythm = random.pick(RHYTHMS);
	define("signals", "signal", random.whole(4, 12), (name, which) => {
		const { definition, kind } = generateSignal(random, features, which, known[which]);
		for (const view of seenBy(which)) view.signals.push({ name, kind });
		return definition;
	});
	define("segments", "segment", random.whole(2, 6), (name, which) => {
		const when = generateCondition(random, known[which]);
		for (const view of seenBy(which)) view.segments.push(name);
		return { when };
	});
	known.person.momentum = true;
	known.person.alive = parts.has("rhythm");
	if (parts.has("scores")) {
		define("scores", "score", random.whole(1, 3), (name, which) => {
			const definition = score(random, known[which]);
			const bands = Object.keys(definition.bands ?? {});
			for (const view of seenBy(which)) view.scores.push({ name, bands });
			return definition;
		});
	}
	define("ladders", "ladder", random.whole(1, 4), (name, which) =>
		generateLadder(random, name, known[which], seenBy(which)),
	);
	if (parts.has("success")) {
		for (const segment of Object.values(playbook.segments)) {
			if (segment.scope !== "account" && random.chance(0.5))
				segment.success = generateSuccess(random, known.person);
		}
		playbook.ladders.journey = generateLadder(random, "journey", known.person, [known.person]);
	}
	define("moments", "moment", random.whole(2, 6), (name, which) => {
		const when = generateCondition(random, known[which]);
		const cooldown = random.pick(COOLDOWNS);
		for (const view of seenBy(which)) view.moments.push(name);
		return { when, motion: random.pick(["self_serve", "sales"]), ...(cooldown && { cooldown }) };
	});
	for (const signal of Object.values(playbook.signals)) {
		if ("members" in signal) signal.members = generateCondition(random, known.person);
	}
	return playbook;
}
