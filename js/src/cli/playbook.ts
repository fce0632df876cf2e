/** A playbook's text that is known to be right. */
import type { ToolkitModule } from "../module.js";
import { textOf } from "./input.js";
import { toStderr } from "./output.js";
import { hasErrors, list, summary } from "./problems.js";

/** The text, or undefined if it has errors: these, and warnings, are then on standard error. */
export async function soundPlaybook(toolkit: ToolkitModule, file: string): Promise<string | undefined> {
	const text = await textOf(file);
	const problems = toolkit.check(text);
	await toStderr(list(file, text, problems, process.stderr));
	if (!hasErrors(problems)) return text;
	await toStderr(`${summary(problems, [file], process.stderr)}\n`);
	return undefined;
}
