/** The mistakes of a playbook as lines that editors and people can follow. */
import type { WriteStream } from "node:tty";
import type { Problem } from "../module.js";
import { excerpt } from "./excerpt.js";
import { nameOf } from "./input.js";
import { paint } from "./output.js";

/** `file:line:column: error: message`, the line with a caret under the place, and the hint below it. */
export function describe(file: string, lines: string[], problem: Problem, stream: WriteStream): string {
	const where = file === "-" ? "<stdin>" : file;
	const severity = paint(`${problem.severity}:`, problem.severity === "error" ? "red" : "yellow", stream);
	const place = paint(`${where}:${problem.line}:${problem.column}:`, "bold", stream);
	const hint = problem.hint ? `  ${paint("hint:", "cyan", stream)} ${visible(problem.hint)}\n` : "";
	const shown = excerpt(lines, problem.line, problem.column, stream);
	return `${place} ${severity} ${visible(problem.message)}\n${shown}${hint}`;
}

/** What a terminal would obey instead of showing it, as JSON escapes it. A name may have anything in it. */
const visible = (text: string): string =>
	text.replaceAll(
		/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);

/** Nobody reads more of them at once; errors come before warnings where not all can be shown. */
const MOST = 100;

/** The mistakes of a file, one after the other; `text` is what they were found in. */
export function list(file: string, text: string, problems: Problem[], stream: WriteStream): string {
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity !== "error");
	const shown = new Set([...errors, ...warnings].slice(0, MOST));
	// As the places are counted: a mark of the byte order is none of the text.
	const lines = text.replace(/^\ufeff/, "").split("\n");
	const all = problems
		.filter((problem) => shown.has(problem))
		.map((each) => describe(file, lines, each, stream));
	const more = problems.length - shown.size;
	return all.join("") + (more > 0 ? `… and ${more} more (ripen check --json prints all)\n` : "");
}

/** For example `2 errors and 1 warning in playbook.json`. */
export function summary(problems: Problem[], files: string[], stream: WriteStream): string {
	const of = (severity: Problem["severity"]) => problems.filter((each) => each.severity === severity).length;
	const counted = [
		paint(count(of("error"), "error"), of("error") ? "red" : "green", stream),
		of("warning") ? paint(count(of("warning"), "warning"), "yellow", stream) : "",
	];
	const where = files.length === 1 ? nameOf(files[0] ?? "") : count(files.length, "file");
	return `${counted.filter(Boolean).join(" and ")} in ${where}`;
}

export const hasErrors = (problems: Problem[]): boolean =>
	problems.some(({ severity }) => severity === "error");

/** For example `1 line`, `2 lines`. */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
