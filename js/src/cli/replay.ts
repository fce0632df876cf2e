/** `ripen replay` */
import type { Command, Given } from "./commands.js";
import { Failure } from "./failure.js";
import { bytesOf } from "./input.js";
import { toStderr, toStdout } from "./output.js";
import { soundPlaybook } from "./playbook.js";
import { count } from "./problems.js";
import { loadToolkit } from "./toolkit.js";

export const replay: Command = {
	summary: "fold recorded events with a playbook: who would be where, and when",
	help: `Usage: ripen replay --playbook FILE --events FILE [--at TIME] [--timeline]

Folds recorded events (one JSON object in Segment's form a line) with the engine that pages run, and prints a JSON
line for each person, then for each account: signals, segments, momentum, stages, moments.

Options
  --playbook FILE  the playbook (JSON)
  --events FILE    the events (NDJSON), as text or gzip; "-" is standard input
  --at TIME        how things stood then, in RFC 3339, for example 2026-03-01T00:00:00Z
                   (default: at the last event)
  --timeline       print the changes instead: what, from, to and when

Lines that are no event are skipped, and counted on standard error.
Exit codes: 0 done; 1 the playbook has errors; 2 a file could not be read.
`,
	options: {
		playbook: { type: "string" },
		events: { type: "string" },
		at: { type: "string" },
		timeline: { type: "boolean" },
	},
	async run(given) {
		if (given.files.length > 0)
			throw new Failure(`what is ${given.files[0]}? Files need --playbook or --events`);
		const [playbook, events, at] = [
			needed(given, "playbook"),
			needed(given, "events"),
			timeOf(given.values.at),
		];
		if (playbook === "-" && events === "-") throw new Failure("only one of the two can be standard input");
		const toolkit = await loadToolkit();
		const text = await soundPlaybook(toolkit, playbook);
		if (text === undefined) return 1;
		const run = new toolkit.Replay(text);
		for await (const bytes of bytesOf(events)) run.push(bytes);
		await toStdout(run.finish(at, given.values.timeline === true));
		// Known only now: the last line may have been cut off.
		const skipped = run.malformed;
		if (skipped > 0) await toStderr(`${count(skipped, "line")} skipped: no event\n`);
		return 0;
	},
};

function needed({ values }: Given, name: string): string {
	const value = values[name];
	if (typeof value === "string" && value) return value;
	throw new Failure(`--${name} FILE is needed (see ripen replay --help)`);
}

/** Checked before the events are read: they may be many. */
function timeOf(value: Given["values"][string]): string | undefined {
	if (typeof value !== "string") return undefined;
	const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
	if (form.test(value) && !Number.isNaN(Date.parse(value))) return value;
	throw new Failure(`--at ${value}: a time in RFC 3339 is wanted, for example 2026-03-01T00:00:00Z`);
}
