/** `ripen check FILE…` */
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { textOf } from "./input.js";
import { toStdout } from "./output.js";
import { hasErrors, list, summary } from "./problems.js";
import { loadToolkit } from "./toolkit.js";

export const check: Command = {
	summary: "say what is wrong with a playbook, and where",
	help: `Usage: ripen check FILE… [--json]

Reads playbooks and prints every mistake as file:line:column, with a hint. "-" reads standard input.

Options
  --json  print the mistakes as one JSON array of
          {file, severity, line, column, path, message, hint}

Exit codes: 0 no errors (there may be warnings); 1 errors; 2 a file could not be read.
`,
	options: { json: { type: "boolean" } },
	async run({ values, files }) {
		if (files.length === 0) throw new Failure("which playbook? (see ripen check --help)");
		const texts = await Promise.all(files.map(textOf));
		const toolkit = await loadToolkit();
		const found = texts.map((text, index) => ({ file: files[index] ?? "", problems: toolkit.check(text) }));
		const all = found.flatMap(({ problems }) => problems);
		if (values.json) {
			const flat = found.flatMap(({ file, problems }) => problems.map((problem) => ({ file, ...problem })));
			await toStdout(`${JSON.stringify(flat, null, "\t")}\n`);
		} else {
			const lines = found.map(({ file, problems }) => list(file, problems, process.stdout));
			await toStdout(`${lines.join("")}${summary(all, files)}\n`);
		}
		return hasErrors(all) ? 1 : 0;
	},
};
