/** Recorded events and the playbook to fold them with: what `replay`, `explain` and `fit` have in common. */
import type { Replay } from "../module.js";
import type { Given } from "./commands.js";
import { Failure } from "./failure.js";
import { bytesOf } from "./input.js";
import { soundPlaybook } from "./playbook.js";
import { loadToolkit } from "./toolkit.js";

/**
 * Reads both; undefined if the playbook has errors, which are then on standard error. A command that can do without a
 * playbook says what to take instead.
 */
export async function openRecording(
	command: string,
	given: Given,
	instead?: string,
): Promise<{ run: Replay; at: string | undefined } | undefined> {
	const without = instead !== undefined && given.values.playbook === undefined;
	const [playbook, events, at] = [
		without ? undefined : needed(command, given, "playbook"),
		needed(command, given, "events"),
		timeOf(given.values.at),
	];
	if (playbook === "-" && events === "-") throw new Failure("only one of the two can be standard input");
	const toolkit = await loadToolkit();
	const text = playbook === undefined ? instead : await soundPlaybook(toolkit, playbook);
	if (text === undefined) return;
	const run = new toolkit.Replay(text);
	for await (const bytes of bytesOf(events)) run.push(bytes);
	return { run, at };
}

function needed(command: string, { values }: Given, name: string): string {
	const value = values[name];
	if (typeof value === "string" && value) return value;
	throw new Failure(`--${name} FILE is needed (see ripen ${command} --help)`);
}

/** Checked before the events are read: they may be many. */
function timeOf(value: Given["values"][string]): string | undefined {
	if (typeof value !== "string") return undefined;
	const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
	if (form.test(value) && !Number.isNaN(Date.parse(value))) return value;
	throw new Failure(`--at ${value}: a time in RFC 3339 is wanted, for example 2026-03-01T00:00:00Z`);
}
