/** `ripen types FILE` */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Vocabulary } from "../module.js";
import type { Command } from "./commands.js";
import { declarations, ofVite } from "./declarations.js";
import { Failure } from "./failure.js";
import { furtherIn } from "./further.js";
import { textOf } from "./input.js";
import { toStderr, toStdout } from "./output.js";
import { soundPlaybook } from "./playbook.js";
import { loadToolkit } from "./toolkit.js";

export const types: Command = {
	summary: "write TypeScript types of what a playbook speaks of",
	help: `Usage: ripen types FILE [-o OUT] [--events EVENTS]

Checks a playbook and writes the types of its events, signals, stages, nudges and so on,
so that a misspelt one does not compile. OUT has to be among the files that TypeScript
compiles. "-" reads standard input. See docs/types.md.

Options
  -o, --out OUT    where to (default: ripen.d.ts); "-" is standard output
  --events EVENTS  a JSON file of events that you track and no signal hears: a list of
                   names, or {"NAME": {"PROPERTY": TYPE}}, where TYPE is "string", "number",
                   "boolean", "list", "object", "any", or a list of strings
  --check          write nothing; exit with 1 if OUT is not what would be written

Exit codes: 0 written; 1 the playbook has errors, or OUT is out of date; 2 a file could
not be read or written.
`,
	options: { out: { type: "string", short: "o" }, events: { type: "string" }, check: { type: "boolean" } },
	async run({ values, files }) {
		const [file, ...more] = files;
		if (file === undefined || more.length > 0)
			throw new Failure("one playbook is needed (see ripen types --help)");
		const { out = "ripen.d.ts", events } = values;
		if (typeof out !== "string" || (out !== "-" && !/\.d\.[cm]?ts$/.test(out)))
			throw new Failure(`${out} is no file of declarations: its name ends in .d.ts`);
		const toolkit = await loadToolkit();
		const text = await soundPlaybook(toolkit, file);
		if (text === undefined) return 1;
		const further = typeof events === "string" ? furtherIn(await textOf(events), events) : {};
		const vocabulary = JSON.parse(toolkit.vocabulary(text)) as Vocabulary;
		const own = declarations(vocabulary, further, file === "-" ? "a playbook" : basename(file));
		if (out === "-") {
			await toStdout(own);
			return 0;
		}
		const present = await readFile(out, "utf8").catch(() => undefined);
		// What the plugin has written goes on as the plugin writes it.
		const written = present?.startsWith(ofVite) ? ofVite + own : own;
		if (values.check) {
			if (present === written) return 0;
			await toStderr(`${out} is out of date: run ripen types ${file}\n`);
			return 1;
		}
		// Whoever watches the file is not woken for nothing.
		if (present !== written) {
			try {
				await writeFile(out, written);
			} catch (error) {
				throw new Failure(`${out} cannot be written: ${(error as Error).message}`);
			}
		}
		const count = vocabulary.events.length + Object.keys(further).length;
		await toStderr(`${out}: ${count} events${present === written ? ", as before" : ""}\n`);
		return 0;
	},
};
