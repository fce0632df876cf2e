/** `npm run size -- --parts`: what each part of the engine costs of the page's module, after brotli 11. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "./places.mjs";

/** The first that a function's name fits; what fits none goes by its module. */
const parts = [
	["reading playbooks and snapshots", /wire::(Wire>::read|read|Input)/],
	["writing snapshots", /wire::(Wire>::write|write|copy)/],
	["crossing to JavaScript (wasm-bindgen)", /wasm_bindgen|__wbindgen|__externref|^call$/],
	["memory: allocator and growing lists", /^(<?talc|<?alloc::raw_vec)|^<alloc::alloc/],
	["dropping and copying values", /drop_in_place|ops::drop::Drop|clone::Clone/],
	[
		"late events, other devices, another playbook",
		/device::Device>::(restore|adopt|catch_up|fold_anew|put_before|let_go|people_before)|engine::(adopt|device::(past|difference|catch_up))/,
	],
	["persons and accounts of a browser", /engine::(device|person|account|account_view)\b/],
	[
		"folding: plain signals, momentum",
		/engine::(signal::(state|form|units|bound|Signal)|activity|matcher|field|exact|subject)/,
	],
	["folding: distinct values, sequences", /engine::signal::(values|runs)/],
	["alive (MBG/NBD)", /engine::(alive|power)/],
	["conditions", /engine::(condition|predicate::(Predicate|javascript|is_in)|sight|verdict|waiting|inside)/],
	["conditions: patterns and versions", /engine::(pattern|predicate::version)/],
	["conditions: numbers and times in texts", /engine::(number|print|timestamp)/],
	["ladders, scores, segments, moments", /engine::(evaluate|playbook|change)/],
	["nudges: limits, policy, schedule, variants", /engine::(nudge|bucket|hash)/],
	["events and their values", /engine::(event|value)/],
	["time", /engine::time/],
	["delivery", /delivery::/],
	["the page's view and decisions as objects", /browser::/],
	["the standard library's rest", /^/],
];

/** Prints a row for each part: bytes before and after compression. What the part costs is what is less without it. */
export function printParts(brotli) {
	const [file, ...lines] = execFileSync("cargo", ["xtask", "parts"], { cwd: root, encoding: "utf8" })
		.trim()
		.split("\n");
	const bytes = readFileSync(file);
	const functions = lines.map((line) => {
		const [start, end, name] = line.split("\t");
		const plain = name.replace(/\[[0-9a-f]{16}\]/g, "");
		// What no page loads has no name.
		const [part] = name ? parts.find(([, fits]) => fits.test(plain)) : [];
		return { start: Number(start), end: Number(end), part };
	});
	functions.sort((one, other) => one.start - other.start);
	const without = (left) => {
		const pieces = [];
		let at = 0;
		for (const { start, end, part } of functions) {
			if (part && part !== left) continue;
			pieces.push(bytes.subarray(at, start));
			at = end;
		}
		return Buffer.concat([...pieces, bytes.subarray(at)]);
	};
	const whole = brotli(without());
	const rows = [...new Set(functions.map(({ part }) => part))].filter(Boolean).map((part) => ({
		part,
		bytes: functions.reduce((sum, each) => sum + (each.part === part ? each.end - each.start : 0), 0),
		cost: whole - brotli(without(part)),
	}));
	rows.sort((one, other) => other.cost - one.cost);
	const line = (name, plain, cost) =>
		console.log(`  ${name.padEnd(48)} ${String(plain).padStart(7)} ${String(cost).padStart(7)}`);
	console.log("the page's module, by part: bytes, and of brotli what is less without it");
	for (const { part, bytes, cost } of rows) line(part, bytes, cost);
	const known = rows.reduce((sum, { bytes }) => sum + bytes, 0);
	const shared = rows.reduce((sum, { cost }) => sum + cost, 0);
	line("texts, names of the border, types", without().length - known, "");
	line("what parts have alike, and the above", "", whole - shared);
	line("in all", without().length, whole);
}
