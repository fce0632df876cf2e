/** The mistakes of a playbook as lines that editors and people can follow. */
import type { WriteStream } from "node:tty";
import type { Problem } from "../module.js";
import { nameOf } from "./input.js";
import { paint } from "./output.js";

/** `file:line:column: error: message`, and the hint below it. */
export function describe(file: string, problem: Problem, stream: WriteStream): string {
	const where = file === "-" ? "<stdin>" : file;
	const severity = paint(`${problem.severity}:`, problem.severity === "error" ? "red" : "yellow", stream);
	const place = paint(`${where}:${problem.line}:${problem.column}:`, "bold", stream);
	const hint = problem.hint ? `  ${paint("hint:", "cyan", stream)} ${problem.hint}\n` : "";
	return `${place} ${severity} ${problem.message}\n${hint}`;
}

/** For example `2 errors and 1 warning in playbook.json`. */
export function summary(problems: Problem[], files: string[]): string {
	const of = (severity: Problem["severity"]) => problems.filter((each) => each.severity === severity).length;
	const counted = [count(of("error"), "error"), of("warning") ? count(of("warning"), "warning") : ""];
	const where = files.length === 1 ? nameOf(files[0] ?? "") : count(files.length, "file");
	return `${counted.filter(Boolean).join(" and ")} in ${where}`;
}

export const hasErrors = (problems: Problem[]): boolean =>
	problems.some(({ severity }) => severity === "error");

/** For example `1 line`, `2 lines`. */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
