/**
 * What is measured, as files in one folder that every half of the benchmark reads: recordings (`NAME.ndjson`),
 * playbooks (`NAME.playbook.json`), and `plan.json`, which says what is folded with what.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { eventsBefore, sizedEvents, sizedPlaybook } from "./sized-playbook.mjs";
import { generatedUsage } from "./usage.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Recordings of `../shared/data`, each with what takes its place, and with the playbooks that fold it. */
const RECORDINGS = {
	contributions: {
		playbooks: {
			person: "tests/contributions/playbook.json",
			account: "tests/contributions/playbook.account.json",
		},
		instead: {
			seed: 1,
			names: ["change_authored", "change_merged", "pairing_credited"],
			people: 159,
			accounts: 15,
			count: 7_471,
		},
	},
	store: {
		playbooks: { store: "tests/bench/store.playbook.json" },
		instead: {
			seed: 2,
			names: ["search", "product_view", "add_to_cart", "purchase", "catalog", "payment_error"],
			people: 600,
			accounts: 0,
			count: 31_706,
		},
	},
};
const SIZES = [0, 10, 100, 1_000];
const SIZED_EVENTS = 10_000;

/** Writes them, and returns the plan. Says so where generated usage takes a recording's place. */
export function writeInputs(folder) {
	mkdirSync(folder, { recursive: true });
	const write = (name, content) => writeFileSync(join(folder, name), content);
	const plan = { folds: {}, sizes: SIZES.map(String), generated: [] };
	for (const [name, { playbooks, instead }] of Object.entries(RECORDINGS)) {
		const path = join(root, `../shared/data/${name}.ndjson.gz`);
		const recorded = existsSync(path);
		if (!recorded) {
			plan.generated.push(name);
			console.log(
				`!! ${name}: ../shared/data/${name}.ndjson.gz is not there, so USAGE IS MADE UP from a seed`,
			);
		}
		write(`${name}.ndjson`, recorded ? gunzipSync(readFileSync(path)) : lines(generatedUsage(instead)));
		plan.folds[name] = Object.keys(playbooks);
		for (const [id, file] of Object.entries(playbooks))
			write(`${id}.playbook.json`, readFileSync(join(root, file)));
	}
	for (const size of SIZES) {
		write(`sized-${size}.playbook.json`, JSON.stringify(sizedPlaybook(size)));
		write(`sized-${size}.before.ndjson`, lines(eventsBefore(size)));
	}
	write("sample.playbook.json", readFileSync(join(root, "www/playbook.json")));
	write("sized.ndjson", lines(sizedEvents(SIZED_EVENTS)));
	write("plan.json", JSON.stringify(plan));
	return plan;
}

const lines = (events) => events.map((event) => `${JSON.stringify(event)}\n`).join("");
