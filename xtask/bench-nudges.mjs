/**
 * `npm run bench:nudges`: what it costs the main thread to show a nudge of each placement, beside the same by hand.
 * `--rounds 9` takes more of them, `--only banner,modal` chooses; `--write` puts the table into docs/benchmarks.md.
 * Nothing is asserted. What is measured is in tests/bench/nudges.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "./browsers.mjs";
import { build } from "./build.mjs";
import { run } from "./command.mjs";
import { writeFigures } from "./figures.mjs";
import { at } from "./places.mjs";
import { setupTests } from "./setup.mjs";
import { Stop, step, task } from "./step.mjs";

await task(async () => {
	const { values } = parseArgs({
		options: {
			rounds: { type: "string", default: "5" },
			only: { type: "string", default: "" },
			write: { type: "boolean", default: false },
			"no-build": { type: "boolean", default: false },
		},
	});
	const rounds = Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new Stop(`${values.rounds} rounds`, "--rounds 5");
	await setupTests();
	if (!values["no-build"]) await build();
	// Only now: they need what a fresh clone does not have.
	const { playbook: text } = await import("../tests/bench/nudges/playbook.mjs");
	const { measure } = await import("../tests/bench/nudges/measure.mjs");
	const { table } = await import("../tests/bench/nudges/table.mjs");
	const names = Object.keys(JSON.parse(text).nudges);
	const only = values.only.split(",").filter(Boolean);
	const wrong = only.find((name) => !names.includes(name));
	if (wrong) throw new Stop(`there is no nudge ${wrong}`, `one of: ${names.join(", ")}`);
	const measured = await measure({
		playbook: await compiled(text),
		executablePath: chromium(),
		rounds,
		names: only.length > 0 ? only : names,
		told: (line) => console.log(line),
	});
	const figures = `${conditions(measured, rounds)}\n\n${table(measured.measured)}`;
	console.log(`\n${figures}`);
	if (values.write) writeFigures("docs/benchmarks.md", "nudges", figures);
});

async function compiled(text) {
	const [from, to] = ["json", "ripen"].map((suffix) => at(`target/bench/nudges.${suffix}`));
	mkdirSync(dirname(from), { recursive: true });
	writeFileSync(from, text);
	await step("Playbook of the page", {}, () =>
		run(process.execPath, ["js/dist/cli.js", "compile", from, "--out", to]),
	);
	return readFileSync(to);
}

function conditions({ version }, rounds) {
	const date = new Date().toISOString().slice(0, 10);
	const [{ model }] = cpus();
	const load = loadavg()[1].toFixed(0);
	return (
		`Measured on ${date} by \`npm run bench:nudges -- --write\`: ${cpus().length} × ${model}, load average ${load}; ` +
		`Chromium ${version}. Medians of ${rounds} rounds; in brackets the longest task of all of them.`
	);
}
