/** `ripen fit` */
import type { FitReport } from "../module.js";
import type { Command } from "./commands.js";
import { answerOf, Failure } from "./failure.js";
import { fitted } from "./fitted.js";
import { paint, toStderr, toStdout } from "./output.js";
import { count } from "./problems.js";
import { openRecording } from "./recording.js";

export const fit: Command = {
	summary: "find the rhythm of your users in recorded events, for `alive`",
	help: `Usage: ripen fit --events FILE [--playbook FILE] [--at TIME] [--json]

Estimates the four parameters of a playbook's "rhythm" (MBG/NBD, by maximum likelihood) from the days on which people
were active, with standard errors; and shows how well they foretell: the last quarter of the time is held back, and
foretold for each person from what was before.

Options
  --events FILE    the events (NDJSON), as text or gzip; "-" is standard input
  --playbook FILE  its "activity" says what being active is (default: every event that has a name)
  --at TIME        take the events up to then, in RFC 3339, for example 2026-03-01T00:00:00Z
                   (default: to the last event)
  --json           print one JSON object

Lines that are no event are skipped, and counted on standard error.
Exit codes: 0 done; 1 the playbook has errors; 2 a file could not be read, or there is no rhythm in the events.
`,
	options: {
		playbook: { type: "string" },
		events: { type: "string" },
		at: { type: "string" },
		json: { type: "boolean" },
	},
	async run(given) {
		if (given.files.length > 0)
			throw new Failure(`what is ${given.files[0]}? Files need --playbook or --events`);
		const recording = await openRecording("fit", given, "{}");
		if (!recording) return 1;
		const { run, at } = recording;
		const report = JSON.parse(answerOf(() => run.fit(at))) as FitReport;
		await toStdout(given.values.json ? `${JSON.stringify(report, null, "\t")}\n` : fitted(report));
		for (const warning of report.warnings)
			await toStderr(`${paint("warning:", "yellow", process.stderr)} ${warning}\n`);
		const skipped = run.malformed;
		if (skipped > 0) await toStderr(`${count(skipped, "line")} skipped: no event\n`);
		return 0;
	},
};
