/** `ripen explain` */
import type { Command, Given } from "./commands.js";
import { answerOf, Failure } from "./failure.js";
import { toStdout } from "./output.js";
import { openRecording } from "./recording.js";

export const explain: Command = {
	summary: "say why somebody saw something or did not, and what is missing",
	help: `Usage: ripen explain --playbook FILE --events FILE [--person ID | --account ID] [--at TIME] [ID…] [--json]

Folds recorded events as replay does, and prints for one person or account the tree of each definition: what is seen,
what is wanted, and when time alone would turn it. Without ID all segments, scores, ladders, moments and
nudges.

  ID               nudges.NAME, moments.NAME, ladders.NAME, ladders.NAME.RUNG, segments.NAME, scores.NAME or
                   signals.NAME; or the last part alone

Options
  --playbook FILE  the playbook (JSON)
  --events FILE    the events (NDJSON), as text or gzip; "-" is standard input
  --person ID      whom (may be left out where the events are of one person)
  --account ID     or which account
  --at TIME        how things stood then, in RFC 3339, for example 2026-03-01T00:00:00Z
                   (default: at the last event)
  --json           print the trees as JSON

✓ holds, ✗ does not. Of a nudge each line is something that could hold it back, in the order in which it is asked;
what only a page knows is as their last event recorded it, event.… is absent.
Exit codes: 0 done; 1 the playbook has errors; 2 it could not be carried out, or there is nothing of such a name.
`,
	options: {
		playbook: { type: "string" },
		events: { type: "string" },
		person: { type: "string" },
		account: { type: "string" },
		at: { type: "string" },
		json: { type: "boolean" },
	},
	async run(given) {
		const [person, account] = [text(given, "person"), text(given, "account")];
		if (person !== undefined && account !== undefined)
			throw new Failure("--person or --account, not both (see ripen explain --help)");
		const recording = await openRecording("explain", given);
		if (!recording) return 1;
		const { run, at } = recording;
		const ids = given.files.join("\n");
		const json = given.values.json === true;
		await toStdout(answerOf(() => run.explain(at, person, account, ids, json)));
		return 0;
	},
};

const text = ({ values }: Given, name: string) => {
	const value = values[name];
	return typeof value === "string" ? value : undefined;
};
