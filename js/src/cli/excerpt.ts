/** The line of a playbook with a caret under the place, as wide as a terminal is. */

import type { WriteStream } from "node:tty";
import { paint } from "./output.js";

const WIDTH = 100;
/** So much of a long line stands before the place. */
const BEFORE = 60;

/** `lines` is the text's; `line` and `column` count characters from 1. Nothing where there is no such line. */
export function excerpt(lines: string[], line: number, column: number, stream: WriteStream): string {
	const text = lines[line - 1];
	if (text === undefined || text.trim() === "") return "";
	const characters = [...text.replace(/\r$/, "")].map((each) =>
		/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(each) && each !== "\t" ? "\ufffd" : each,
	);
	const from =
		characters.length <= WIDTH ? 0 : Math.max(0, Math.min(column - 1 - BEFORE, characters.length - WIDTH));
	const shown = characters.slice(from, from + WIDTH);
	const [start, end] = [from > 0 ? "…" : "", from + WIDTH < characters.length ? "…" : ""];
	// Tabs stay tabs, so that the caret is where the character is.
	const indent = shown.slice(0, column - 1 - from).map((each) => (each === "\t" ? "\t" : " "));
	const number = String(line).padStart(5);
	const bar = paint("|", "dim", stream);
	const caret = " ".repeat(start.length) + indent.join("") + paint("^", "red", stream);
	return `${paint(number, "dim", stream)} ${bar} ${start}${shown.join("")}${end}\n${" ".repeat(5)} ${bar} ${caret}\n`;
}
