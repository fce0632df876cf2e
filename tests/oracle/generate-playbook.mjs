// Random playbooks that are valid: a definition uses only what is written before it and what its scope may see.
import { generateCondition, generateWhere } from "./generate-conditions.mjs";
import { NAMES } from "./generate-events.mjs";

const COOLDOWNS = ["1h", "3h", "1d", "2d", "3d", "7d", "14d", undefined];

function pattern(random) {
	const name = () => random.pick([...NAMES, "$page", "$screen"]);
	const plain = () => random.pick([name, name, () => "*", () => random.some(NAMES, 3)])();
	return random.chance(0.3) ? { event: plain(), where: generateWhere(random) } : plain();
}

function window(random) {
	if (random.chance(0.3)) return {};
	const days = random.chance(0.6);
	const unit = days ? "d" : "h";
	const length = () => (days ? random.pick([1, 2, 3, 7, 14, 28]) : random.pick([1, 2, 3, 8, 24, 48, 84]));
	const within = `${length()}${unit}`;
	return random.chance(0.25) ? { within, ago: `${length()}${unit}` } : { within };
}

function signal(random) {
	const form = random.pick(["count", "count", "days", "days", "since", "age"]);
	const definition = { [form]: pattern(random) };
	if (form === "count" || form === "days") Object.assign(definition, window(random));
	if (random.chance(0.2)) definition.without = pattern(random);
	return definition;
}

/** What is defined so far, as the definitions of one scope may use it. */
const nothingYet = (traits) => ({
	traits,
	signals: [],
	segments: [],
	momentum: false,
	ladders: [],
	moments: [],
	reached: [],
});

export function generatePlaybook(random) {
	const known = { person: nothingYet(["user", "account"]), account: nothingYet(["account"]) };
	const accounts = random.chance(0.65);
	const scope = () => (accounts && random.chance(0.35) ? "account" : "person");
	const seenBy = (which) => (which === "account" ? [known.account, known.person] : [known.person]);
	const scoped = (which, definition) =>
		which === "account" ? { ...definition, scope: "account" } : definition;
	const define = (part, prefix, count, make) => {
		playbook[part] = {};
		for (let i = 0; i < count; i++) {
			const which = scope();
			playbook[part][`${prefix}_${i}`] = scoped(which, make(`${prefix}_${i}`, which));
		}
	};

	const playbook = {};
	if (random.chance(0.7)) playbook.activity = pattern(random);
	if (random.chance(0.6)) playbook.interval = random.pick(["1d", "2d", "7d", "30d"]);
	define("signals", "signal", random.whole(4, 12), (name, which) => {
		const definition = signal(random);
		for (const view of seenBy(which))
			view.signals.push({ name, hours: "since" in definition || "age" in definition });
		return definition;
	});
	define("segments", "segment", random.whole(2, 6), (name, which) => {
		const when = generateCondition(random, known[which]);
		for (const view of seenBy(which)) view.segments.push(name);
		return { when };
	});
	known.person.momentum = true;
	define("ladders", "ladder", random.whole(1, 4), (name, which) =>
		ladder(random, name, known[which], seenBy(which)),
	);
	define("moments", "moment", random.whole(2, 6), (name, which) => {
		const when = generateCondition(random, known[which]);
		const cooldown = random.pick(COOLDOWNS);
		for (const view of seenBy(which)) view.moments.push(name);
		return { when, motion: random.pick(["self_serve", "sales"]), ...(cooldown && { cooldown }) };
	});
	return playbook;
}

function ladder(random, name, known, views) {
	const rungs = [{ id: "rung_0" }];
	const lower = [`${name}.rung_0`];
	for (let i = 1; i <= random.whole(2, 4); i++) {
		const when = generateCondition(random, { ...known, reached: [...known.reached, ...lower] });
		rungs.push({ id: `rung_${i}`, when, ...(random.chance(0.4) && { keep: random.chance(0.15) }) });
		lower.push(`${name}.rung_${i}`);
	}
	for (const view of views) {
		view.ladders.push({ name, rungs: rungs.map((rung) => rung.id) });
		view.reached.push(...lower);
	}
	const climb = random.pick([undefined, undefined, "in_order", "highest"]);
	return { rungs, ...(climb && { climb }) };
}
