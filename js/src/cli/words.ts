/** `ripen words FILE` */
import type { WriteStream } from "node:tty";
import type { NudgeWords, Words } from "../module.js";
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { paint, toStdout } from "./output.js";
import { soundPlaybook } from "./playbook.js";
import { loadToolkit } from "./toolkit.js";

export const words: Command = {
	summary: "say which texts of a playbook are missing in which language",
	help: `Usage: ripen words FILE [--json]

Prints a table of nudges by languages: complete, how many texts are missing, or none if nothing is written; and then
which texts these are. What a language takes from its own (pt-BR from pt) is not missing. "-" reads standard input.

Options
  --json  print one JSON object: {languages, nudges}; of nudges each is {nudge, variant?, texts, missing}, where
          missing has the texts that are, by language

Exit codes: 0 done; 1 the playbook has errors; 2 a file could not be read.
`,
	options: { json: { type: "boolean" } },
	async run({ values, files }) {
		const [file, ...more] = files;
		if (file === undefined || more.length > 0)
			throw new Failure("one playbook is needed (see ripen words --help)");
		const toolkit = await loadToolkit();
		const text = await soundPlaybook(toolkit, file);
		if (text === undefined) return 1;
		const found = JSON.parse(toolkit.words(text)) as Words;
		await toStdout(values.json ? `${JSON.stringify(found, null, "\t")}\n` : table(found, process.stdout));
		return 0;
	},
};

const nameOf = ({ nudge, variant }: NudgeWords) => (variant === undefined ? nudge : `${nudge}/${variant}`);

function stateOf({ texts, missing }: NudgeWords, language: string): string {
	const count = missing[language]?.length ?? 0;
	if (count === 0) return "complete";
	return count < texts.length ? `${count} missing` : "none";
}

function table({ languages, nudges }: Words, stream: WriteStream): string {
	if (nudges.length === 0) return "no nudges, so no words\n";
	const rows = [
		["", ...languages],
		...nudges.map((nudge) => [nameOf(nudge), ...languages.map((language) => stateOf(nudge, language))]),
	];
	const widths = ["", ...languages].map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: string[]) =>
		row
			.map((cell, column) => {
				const padded = cell.padEnd(widths[column] ?? 0);
				return /missing$|^none$/.test(cell) && column > 0 ? paint(padded, "yellow", stream) : padded;
			})
			.join("  ")
			.trimEnd();
	const lists = nudges.flatMap((nudge) =>
		languages
			.filter((language) => stateOf(nudge, language).endsWith("missing"))
			.map((language) => `${nameOf(nudge)} lacks in ${language}: ${nudge.missing[language]?.join(", ")}`),
	);
	return [...rows.map(line), ...(lists.length > 0 ? ["", ...lists] : []), ""].join("\n");
}
