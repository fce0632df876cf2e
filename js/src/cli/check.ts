/** `ripen check FILE…` */
import type { Bounds } from "../module.js";
import { describeBounds } from "./bounds.js";
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { textOf } from "./input.js";
import { toStdout } from "./output.js";
import { hasErrors, list, summary } from "./problems.js";
import { loadToolkit } from "./toolkit.js";

export const check: Command = {
	summary: "say what is wrong with a playbook, and where",
	help: `Usage: ripen check FILE… [--mode MODE] [--json]

Reads playbooks and prints every mistake as file:line:column, with the line and a
hint; and of one without errors, how much the state of a person can take at most.
"-" reads standard input.

Options
  --mode  what leaves the browser: "events" (all; the default), or "signals" (only what
          follows from them), where signals of accounts that would need more are mistakes
  --json  print one JSON object: {problems, state}. Of problems each is
          {file, severity, line, column, path, message, hint}; of state
          {file, person, account}: {bytes, parts: [{part, bytes, what}]}

Exit codes: 0 no errors (there may be warnings); 1 errors; 2 a file could not be read.
`,
	options: { json: { type: "boolean" }, mode: { type: "string" } },
	async run({ values, files }) {
		if (files.length === 0) throw new Failure("which playbook? (see ripen check --help)");
		const { mode = "events" } = values;
		if (mode !== "events" && mode !== "signals")
			throw new Failure(`--mode is events or signals, not ${mode} (see ripen check --help)`);
		const texts = await Promise.all(files.map(textOf));
		const toolkit = await loadToolkit();
		const found = texts.map((text, index) => {
			const problems = toolkit.check(text, mode === "signals");
			const bounds = hasErrors(problems) ? undefined : (JSON.parse(toolkit.bounds(text)) as Bounds);
			return { file: files[index] ?? "", text, problems, bounds };
		});
		const all = found.flatMap(({ problems }) => problems);
		if (values.json) {
			const problems = found.flatMap(({ file, problems }) => problems.map((each) => ({ file, ...each })));
			const state = found.flatMap(({ file, bounds }) => (bounds ? [{ file, ...bounds }] : []));
			await toStdout(`${JSON.stringify({ problems, state }, null, "\t")}\n`);
		} else {
			const lines = found.map(({ file, text, problems }) => list(file, text, problems, process.stdout));
			await toStdout(`${lines.join("")}${summary(all, files, process.stdout)}\n`);
			const [only, ...others] = found;
			if (only?.bounds && others.length === 0) {
				await toStdout(`\n${describeBounds(only.bounds, process.stdout)}`);
			}
		}
		return hasErrors(all) ? 1 : 0;
	},
};
