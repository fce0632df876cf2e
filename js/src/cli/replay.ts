/** `ripen replay` */
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { paint, toStderr, toStdout } from "./output.js";
import { count } from "./problems.js";
import { openRecording } from "./recording.js";
import { summarised } from "./summarised.js";

export const replay: Command = {
	summary: "fold recorded events with a playbook: who would be where, and when",
	help: `Usage: ripen replay --playbook FILE --events FILE [--at TIME] [--timeline | --summary [--json]]

Folds recorded events (one JSON object in Segment's form a line) with the engine that pages run, and prints a JSON
line for each person, then for each account: signals, segments, momentum, stages, moments.

Options
  --playbook FILE  the playbook (JSON)
  --events FILE    the events (NDJSON), as text or gzip; "-" is standard input
  --at TIME        how things stood then, in RFC 3339, for example 2026-03-01T00:00:00Z
                   (default: at the last event)
  --timeline       print the changes instead: what, from, to and when; and who would have been shown which nudge,
                   had they ignored each
  --summary        print how many people each nudge, moment and rung would have reached, in all and by week; which
                   nudges competed, and what held each back
  --json           with --summary: print it as one JSON object, for programs

Lines that are no event are skipped, and counted on standard error.
Exit codes: 0 done; 1 the playbook has errors; 2 a file could not be read.
`,
	options: {
		playbook: { type: "string" },
		events: { type: "string" },
		at: { type: "string" },
		timeline: { type: "boolean" },
		summary: { type: "boolean" },
		json: { type: "boolean" },
	},
	async run(given) {
		if (given.files.length > 0)
			throw new Failure(`what is ${given.files[0]}? Files need --playbook or --events`);
		const { timeline, summary, json } = given.values;
		if (timeline && summary) throw new Failure("one of --timeline and --summary, please");
		if (json && !summary) throw new Failure("--json goes with --summary; all else is JSON already");
		const recording = await openRecording("replay", given);
		if (!recording) return 1;
		const { run, at } = recording;
		const unheard = timeline || summary ? run.unheard() : [];
		if (unheard.length > 0)
			await toStderr(
				`${paint("warning:", "yellow", process.stderr)} elements that come into view and calls of the host are in no recording: ${unheard.join(", ")} may show more often on a page\n`,
			);
		if (summary) {
			const text = run.summary(at);
			await toStdout(
				json ? `${JSON.stringify(JSON.parse(text), null, "\t")}\n` : summarised(JSON.parse(text)),
			);
		} else await toStdout(run.finish(at, timeline === true));
		// Known only now: the last line may have been cut off.
		const skipped = run.malformed;
		if (skipped > 0) await toStderr(`${count(skipped, "line")} skipped: no event\n`);
		return 0;
	},
};
