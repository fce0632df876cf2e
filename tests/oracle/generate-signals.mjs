// Random signals of every form.
import { generateWhere } from "./generate-conditions.mjs";
import { NAMES } from "./generate-events.mjs";

const NUMERIC = ["files", "files", "amount", "cart.total", "any"];
const SCALARS = ["files", "kind", "cart.owner.name", "any", "version", "ok", "items.0.sku"];
const WINDOWED = "count days sessions distinct people sum max min sequence".split(" ");
const KIND_OF = {
	since: "hours",
	age: "hours",
	until: "hours",
	last: "scalar",
	ratio: "share",
};

export function generatePattern(random, { operators }) {
	const name = () => random.pick([...NAMES, "$page", "$screen"]);
	const plain = () => random.pick([name, name, () => "*", () => random.some(NAMES, 3)])();
	return random.chance(0.3) ? { event: plain(), where: generateWhere(random, operators) } : plain();
}

function window(random) {
	if (random.chance(0.3)) return {};
	const days = random.chance(0.6);
	const unit = days ? "d" : "h";
	const length = () => (days ? random.pick([1, 2, 3, 7, 14, 28, 90]) : random.pick([1, 2, 3, 8, 24, 48, 84]));
	const within = `${length()}${unit}`;
	return random.chance(0.25) ? { within, ago: `${length()}${unit}` } : { within };
}

/** What counts as the operand of a ratio: an earlier signal, or a trait. */
function part(random, known) {
	const names = known.signals.map((signal) => signal.name);
	if (names.length > 0 && random.chance(0.8)) return random.pick(names);
	return `${random.pick(known.traits)}.${random.pick(["seats", "seats", "any"])}`;
}

/**
 * `{definition, kind}`. `known` is what is written before; what `members` says is filled in at the end, since it may name
 * what is written later.
 */
export function generateSignal(random, features, scope, known) {
	const accountOnly = ["people", "members"];
	const forms = features.forms.filter((form) => scope === "account" || !accountOnly.includes(form));
	const form = random.pick(forms);
	const pattern = () => generatePattern(random, features);
	const steps = () => Array.from({ length: random.whole(2, 3) }, pattern);
	const written = {
		sum: () => ({ sum: random.pick(NUMERIC), of: pattern() }),
		max: () => ({ max: random.pick(NUMERIC), of: pattern() }),
		min: () => ({ min: random.pick(NUMERIC), of: pattern() }),
		distinct: () => ({ distinct: random.pick(SCALARS), of: pattern() }),
		last: () => ({ last: random.pick(SCALARS), of: pattern() }),
		sequence: () => ({
			sequence: steps(),
			...(random.chance(0.6) && { span: random.pick(["1h", "2h", "1d", "3d"]) }),
		}),
		until: () => ({
			until: `${random.pick(known.traits)}.${random.pick(["renews", "renews", "createdAt"])}`,
		}),
		members: () => ({ members: {} }),
		ratio: () => ({ ratio: [part(random, known), part(random, known)] }),
	};
	const definition = written[form]?.() ?? { [form]: pattern() };
	if (WINDOWED.includes(form)) Object.assign(definition, window(random));
	if (!["until", "members", "ratio"].includes(form) && random.chance(0.2)) definition.without = pattern();
	return { definition, kind: KIND_OF[form] ?? "count" };
}
