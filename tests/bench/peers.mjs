/**
 * `node tests/bench/peers.mjs FOLDER`: others that decide by conditions on attributes, and ours, side by side: the same
 * conditions, the same attributes, one of which is different each time. The peers are installed in FOLDER, at the
 * versions of `PEERS`, so that they are no dependency of ours.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { measure, now } from "./rounds.mjs";

export const PEERS = { "@growthbook/growthbook": "1.8.0", "json-rules-engine": "7.3.1" };

const ROUNDS = 15;
const TIMES = 500;
const here = (path) => new URL(path, import.meta.url);
const { conditions, attributes } = JSON.parse(readFileSync(here("conditions.json"), "utf8"));

/** The attributes of the n-th time. */
const changed = (n) => ({ ...attributes, seats: 12 + (n % 5), logins: n });

/** The fields of a condition, as traits of a person. */
function ofUser(condition) {
	const entries = Object.entries(condition).map(([key, value]) => {
		if (!key.startsWith("$")) return [`user.${key}`, value];
		return [key, Array.isArray(value) ? value.map(ofUser) : ofUser(value)];
	});
	return Object.fromEntries(entries);
}

async function ours() {
	const load = async (stem) => {
		const module = await import(here(`../../js/dist/wasm/${stem}.js`).href);
		module.initSync({ module: readFileSync(here(`../../js/dist/wasm/${stem}_bg.wasm`)) });
		return module;
	};
	const [page, toolkit] = [await load("ripen"), await load("toolkit")];
	const segments = Object.fromEntries(conditions.map((when, i) => [`segment_${i}`, { when: ofUser(when) }]));
	const playbook = toolkit.compile(JSON.stringify({ activity: "never", segments }));
	const surroundings = { page: {}, locale: "en", slotTaken: false };
	const identify = (n) => ({
		type: "identify",
		messageId: `m${n}`,
		anonymousId: "a",
		userId: "ada",
		time: 1_767_225_600_000 + n,
		traits: changed(n),
		context: { timezoneOffset: 0 },
	});
	const start = () => {
		const runtime = new page.Runtime(playbook);
		runtime.setPerson("ada");
		return { runtime, n: 0 };
	};
	const decide = (state) => {
		const traits = identify(state.n++);
		state.runtime.fold([traits], surroundings, false);
		return state;
	};
	const answer = () => {
		const { runtime } = decide(start());
		const { segments } = runtime.view();
		return conditions.map((_, i) => segments.includes(`segment_${i}`));
	};
	return { start, decide, answer };
}

function growthBook(require) {
	const { evalCondition } = require("@growthbook/growthbook");
	const decide = (n) => {
		const attributes = changed(n);
		return conditions.map((condition) => evalCondition(attributes, condition));
	};
	return { decide, answer: () => decide(0) };
}

/** The names of operators, and the conditions that it can say without operators of one's own. */
const OPERATORS = {
	$eq: "equal",
	$ne: "notEqual",
	$in: "in",
	$nin: "notIn",
	$gt: "greaterThan",
	$gte: "greaterThanInclusive",
	$lt: "lessThan",
	$lte: "lessThanInclusive",
};

function asRule(condition) {
	const parts = Object.entries(condition).flatMap(([key, value]) => {
		if (key === "$or") return { any: value.map(asRule) };
		if (key === "$and") return { all: value.map(asRule) };
		if (key === "$nor") return { not: { any: value.map(asRule) } };
		if (key === "$not") return { not: asRule(value) };
		const [fact, ...path] = key.split(".");
		const tests = typeof value === "object" ? Object.entries(value) : [["$eq", value]];
		return tests.map(([name, value]) => {
			if (!OPERATORS[name]) throw new Error(`${name} is none of its operators`);
			const where = path.length > 0 ? { path: `$.${path.join(".")}` } : {};
			return { fact, ...where, operator: OPERATORS[name], value };
		});
	});
	return { all: parts };
}

function expressible(condition) {
	try {
		return { conditions: asRule(condition) };
	} catch {
		return undefined;
	}
}

export async function measurePeers(folder) {
	const require = createRequire(pathToFileURL(join(folder, "package.json")));
	const [ripen, gb] = [await ours(), growthBook(require)];
	assert.deepEqual(ripen.answer(), gb.answer(), "the same answers, or there is nothing to compare");

	const run = (work) => () => {
		let last;
		for (let n = 0; n < TIMES; n++) last = work(n);
		return last;
	};
	const units = TIMES * conditions.length;
	const group = await measure(
		"conditions",
		[
			{ name: "growthbook", units, work: run(gb.decide) },
			{
				name: "ripen",
				units,
				prepare: ripen.start,
				work: (state) => run(() => ripen.decide(state))(),
				release: ({ runtime }) => runtime.free(),
			},
		],
		ROUNDS,
	);
	return { groups: [group], rules: await jsonRules(require) };
}

/** It answers later only, so it has a loop of its own; for so many of the conditions as it can say. */
async function jsonRules(require) {
	const { Engine } = require("json-rules-engine");
	const rules = conditions.map(expressible).filter(Boolean);
	const engine = new Engine([], { allowUndefinedFacts: true });
	for (const [i, rule] of rules.entries()) engine.addRule({ ...rule, event: { type: `rule_${i}` } });
	const times = [];
	for (let round = -2; round < ROUNDS; round++) {
		const begin = now();
		for (let n = 0; n < 50; n++) await engine.run(changed(n));
		if (round >= 0) times.push(((now() - begin) * 1e6) / (50 * rules.length));
	}
	return { count: rules.length, of: conditions.length, times };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
	console.log(JSON.stringify(await measurePeers(process.argv[2])));
