/**
 * `npm run bench:fold`: made-up events folded from the log and a retention curve over them, against SQL; `--write` puts it
 * into docs/benchmarks.md. `FOLD_EVENTS` and `FOLD_CROWD` say how many. Nothing is asserted but that SQL comes to the same
 * curve. What is measured is in tests/bench/fold.
 */
import { cpus, loadavg } from "node:os";
import { run } from "./command.mjs";
import { writeFigures } from "./figures.mjs";
import { setup } from "./setup.mjs";
import { step, task } from "./step.mjs";

const BENCH = ["bench", "--quiet", "--package", "ripen-collector", "--bench", "fold"];

await task(async () => {
	await setup();
	await step("Collector and benchmark, compiled", {}, () => run("cargo", [...BENCH, "--no-run"]));
	let measured;
	await step("Measuring", {}, async () => {
		measured = JSON.parse((await run("cargo", BENCH)).trimEnd().split("\n").at(-1));
	});
	const text = `${conditions(measured)}\n\n${table(measured)}\n\n${crowd(measured)}`;
	console.log(`\n${text}`);
	if (process.argv.includes("--write")) writeFigures("docs/benchmarks.md", "fold", text);
});

function count(number) {
	return number.toLocaleString("en");
}

function conditions({ events, bytes }) {
	const [{ model }] = cpus();
	const date = new Date().toISOString().slice(0, 10);
	const load = `load average ${loadavg()[1].toFixed(0)}`;
	return `Measured on ${date} by \`npm run bench:fold -- --write\`: ${cpus().length} × ${model}, ${load}; ${count(events)} events, a database of ${(bytes / 1e9).toFixed(1)} GB when they are folded.`;
}

function table({ events, live_step, live, ...took }) {
	const rows = [
		["the log, walked over by SQLite, each message looked at", took.walked],
		["the log, read as the fold reads it: its JSON as events", took.read],
		["**folded from the log**, by `rebuild`", took.folded],
		["**a retention curve**, by weeks, of what is folded", took.drawn],
		["the same curve by SQL over what is folded", took.by_history],
		["the same curve by SQL over the log", took.by_log],
		["appended to the log, by batches of 50,000 (made up, too)", took.appended],
	].map(([what, seconds]) => [what, seconds, events]);
	rows.push([
		`folded in steps of ${count(live_step)}, as behind the door; ${count(live.events)} events`,
		live.folded,
		live.events,
	]);
	return [
		"| what | seconds of a core | events a second |",
		"| --- | ---: | ---: |",
		...rows.map(
			([what, seconds, of]) =>
				`| ${what} | ${seconds.toFixed(seconds < 10 ? 1 : 0)} | ${count(Math.round(of / seconds / 1e3))} k |`,
		),
	].join("\n");
}

function crowd({ crowd: { people, events, folded, pages, snapshot, snapshot_bytes, state_bytes } }) {
	const each = pages.map(([what, seconds]) => `${what} ${seconds.toFixed(2)} s`).join(", ");
	return (
		`One account of ${count(people)} people with ${count(events)} events: folded in ${folded.toFixed(0)} s; ${each}; ` +
		`a snapshot of one of them (${count(snapshot_bytes)} bytes) ${snapshot.toFixed(2)} s; its state ${(state_bytes / 1e6).toFixed(1)} MB.`
	);
}
