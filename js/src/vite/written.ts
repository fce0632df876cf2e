/** What a plugin makes of a playbook: its mistakes as a bundler shows them, its compiled form, its types on disk. */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { WriteStream } from "node:tty";
import { declarations, ofVite } from "../cli/declarations.js";
import { excerpt } from "../cli/excerpt.js";
import { furtherIn } from "../cli/further.js";
import { loadToolkit } from "../cli/toolkit.js";
import type { Problem, ToolkitModule, Vocabulary } from "../module.js";

/** A mistake, as Rollup and Vite's overlay know it. */
export interface Mistake {
	message: string;
	id: string;
	loc: { file: string; line: number; column: number };
	frame: string;
}

/** What a file of a playbook says. */
export interface Read {
	text: string;
	mistakes: Mistake[];
	warnings: Mistake[];
}

let loaded: Promise<ToolkitModule> | undefined;
const toolkit = () => {
	loaded ??= loadToolkit();
	return loaded;
};
/** Overlays colour nothing. */
const plain = { isTTY: false } as WriteStream;

function mistake(file: string, lines: string[], { line, column, path, message, hint }: Problem): Mistake {
	const what = [`${path ? `${path}: ` : ""}${message}`, ...(hint ? [`hint: ${hint}`] : [])].join("\n");
	return { message: what, id: file, loc: { file, line, column }, frame: excerpt(lines, line, column, plain) };
}

export async function read(file: string): Promise<Read> {
	const text = await readFile(file, "utf8");
	const lines = text.replace(/^\ufeff/, "").split("\n");
	const problems = (await toolkit()).check(text);
	const of = (severity: Problem["severity"]) =>
		problems.filter((each) => each.severity === severity).map((each) => mistake(file, lines, each));
	return { text, mistakes: of("error"), warnings: of("warning") };
}

/** The compiled form of a text without mistakes. */
export const compiled = async (text: string): Promise<Uint8Array> => (await toolkit()).compile(text);

/** Writes the types of a playbook without mistakes, where they have changed. `events`: the file of further events. */
export async function writeTypes(
	file: string,
	text: string,
	out: string,
	events: string | undefined,
): Promise<void> {
	const further = events ? furtherIn(await readFile(events, "utf8"), events) : {};
	const vocabulary = JSON.parse((await toolkit()).vocabulary(text)) as Vocabulary;
	const written = ofVite + declarations(vocabulary, further, basename(file));
	if ((await readFile(out, "utf8").catch(() => undefined)) !== written) await writeFile(out, written);
}
