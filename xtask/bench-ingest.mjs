/**
 * `npm run bench:ingest`: what the collector takes a second and core over HTTP, against rusqlite alone with the same
 * batches; and how long an acknowledgement takes. `--write` puts it into docs/benchmarks.md. Nothing is asserted. What is
 * measured is in tests/bench/ingest.
 */
import { cpus, loadavg } from "node:os";
import { run } from "./command.mjs";
import { writeFigures } from "./figures.mjs";
import { setup } from "./setup.mjs";
import { Stop, step, task } from "./step.mjs";

const BENCH = ["bench", "--quiet", "--package", "ripen-collector", "--bench", "ingest"];

await task(async () => {
	if (process.platform !== "linux")
		throw new Stop("what another process takes of a processor is read from Linux", "run it there");
	await setup();
	await step("Collector and benchmark, compiled", {}, () => run("cargo", [...BENCH, "--no-run"]));
	let measured;
	await step("Measuring", {}, async () => {
		measured = JSON.parse((await run("cargo", BENCH)).trimEnd().split("\n").at(-1));
	});
	const text = `${conditions(measured)}\n\n${table(measured)}\n\n${steady(measured)}`;
	console.log(`\n${text}`);
	if (process.argv.includes("--write")) writeFigures("docs/benchmarks.md", "ingest", text);
});

function median(numbers) {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function thousands(number) {
	return `${(number / 1000).toFixed(0)} k/s`;
}

function milliseconds(number) {
	return `${number.toFixed(number < 10 ? 1 : 0)} ms`;
}

function conditions({ events, connections, sizes }) {
	const [{ model }] = cpus();
	const date = new Date().toISOString().slice(0, 10);
	return (
		`Measured on ${date} by \`npm run bench:ingest -- --write\`: ${cpus().length} × ${model}, load average ` +
		`${loadavg()[1].toFixed(0)}; ${events.toLocaleString("en")} events of ${sizes[0].bytes} bytes, ${connections} connections. Medians of ${sizes[0].cases[0].runs.length} rounds.`
	);
}

/** Each round's ratio to the first case of that round. */
function table({ events, sizes }) {
	const lines = [
		"| events in a batch | what | events a second and core | of rusqlite's | events a second | acknowledged: median | 99 % |",
		"| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
	];
	for (const { batch, cases } of sizes) {
		const [floor, single] = cases;
		for (const { name, runs } of cases) {
			const rate = (of) => median(runs.map((each) => events / each[of]));
			const share = ({ runs: others }) => {
				const ratios = runs.map(({ processor }, round) => others[round].processor / processor);
				return `${(100 * median(ratios)).toFixed(0)} %`;
			};
			const told = runs[0].acknowledged;
			const of = told ? `${share(floor)}, ${share(single)} with a transaction for a batch` : "";
			const times = told
				? [0, 1].map((at) => milliseconds(median(runs.map((each) => each.acknowledged[at]))))
				: ["", ""];
			lines.push(
				`| ${batch} | ${name} | ${thousands(rate("processor"))} | ${of} | ${thousands(rate("wall"))} | ${times.join(" | ")} |`,
			);
		}
	}
	return lines.join("\n");
}

function steady({ steady: { batches_a_second, batch, acknowledged, alone } }) {
	const within = (times) => {
		const [middle, late, worst] = times.map(milliseconds);
		return `within ${middle} (median), ${late} (99 %), ${worst} (all)`;
	};
	return `At ${batches_a_second} batches of ${batch} events a second, whether answered or not: acknowledged ${within(acknowledged)}; committed by rusqlite alone ${within(alone)}.`;
}
