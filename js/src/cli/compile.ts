/** `ripen compile FILE` */
import { writeFile } from "node:fs/promises";
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { toStderr, toStdout } from "./output.js";
import { soundPlaybook } from "./playbook.js";
import { loadToolkit } from "./toolkit.js";

export const compile: Command = {
	summary: "turn a playbook into the small form that pages load",
	help: `Usage: ripen compile FILE [-o OUT]

Checks a playbook and writes its compiled form. "-" reads standard input.

Options
  -o, --out OUT  where to (default: FILE with the ending .ripen); "-" is standard output

Exit codes: 0 written; 1 the playbook has errors; 2 a file could not be read or written.
`,
	options: { out: { type: "string", short: "o" } },
	async run({ values, files }) {
		const [file, ...more] = files;
		if (file === undefined || more.length > 0)
			throw new Failure("one playbook is needed (see ripen compile --help)");
		const out = typeof values.out === "string" ? values.out : defaultOut(file);
		if (out === "-" && process.stdout.isTTY) {
			throw new Failure("a compiled playbook is not text for a terminal: name a file by -o, or use a pipe");
		}
		const toolkit = await loadToolkit();
		const text = await soundPlaybook(toolkit, file);
		if (text === undefined) return 1;
		const compiled = toolkit.compile(text);
		if (out === "-") {
			await toStdout(compiled);
			return 0;
		}
		try {
			await writeFile(out, compiled);
		} catch (error) {
			throw new Failure(`${out} cannot be written: ${(error as Error).message}`);
		}
		await toStderr(`${out}: ${compiled.length} bytes\n`);
		return 0;
	},
};

const defaultOut = (file: string) => (file === "-" ? "-" : `${file.replace(/\.jsonc?$/, "")}.ripen`);
