/** The commands, and how a line of arguments becomes one. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { check } from "./check.js";
import { compile } from "./compile.js";
import { explain } from "./explain.js";
import { Failure } from "./failure.js";
import { fit } from "./fit.js";
import { nearest } from "./nearest.js";
import { toStdout } from "./output.js";
import { publish } from "./publish.js";
import { replay } from "./replay.js";
import { snippet } from "./snippet.js";
import { types } from "./types.js";
import { words } from "./words.js";

declare const RIPEN_VERSION: string;

/** What `parseArgs` found. */
export interface Given {
	values: Record<string, string | boolean | undefined>;
	files: string[];
}

export interface Command {
	/** One line for the list of commands. */
	summary: string;
	/** What `--help` prints. */
	help: string;
	options: NonNullable<ParseArgsConfig["options"]>;
	/** Returns the exit code. */
	run(given: Given): Promise<number>;
}

const commands: Record<string, Command> = {
	check,
	words,
	types,
	compile,
	replay,
	explain,
	fit,
	publish,
	snippet,
};

const help = `Usage: ripen <command> [options]

Commands
${Object.entries(commands)
	.map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
	.join("\n")}

Options
  --help     show this, or a command's own help after its name
  --version  show the version

Exit codes: 0 done; 1 a playbook has mistakes; 2 the command could not be carried out.
`;

/** Carries out a line of arguments and returns the exit code. */
export async function run(line: string[]): Promise<number> {
	const [name, ...rest] = line;
	if (name === undefined || name === "--help" || name === "-h" || name === "help") return showHelp(rest[0]);
	if (name === "--version" || name === "-V") {
		await toStdout(`${RIPEN_VERSION}\n`);
		return 0;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) {
		const kind = name.startsWith("-") ? "option" : "command";
		const known = kind === "option" ? ["--help", "--version"] : Object.keys(commands);
		throw new Failure(unknown(kind, name, known, "ripen --help"));
	}
	if (rest.includes("--help") || rest.includes("-h")) return showHelp(name);
	return command.run(parse(name, command, rest));
}

async function showHelp(name: string | undefined): Promise<number> {
	const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
	await toStdout(command?.help ?? help);
	return 0;
}

function parse(name: string, command: Command, args: string[]): Given {
	try {
		const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals: true });
		return { values: values as Given["values"], files: positionals };
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (!code?.startsWith("ERR_PARSE_ARGS")) throw error;
		const option = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && /'(-[^']*)'/.exec(message)?.[1];
		if (!option) throw new Failure(`${message.split("\n")[0]} (see ripen ${name} --help)`);
		const known = Object.keys(command.options).map((each) => `--${each}`);
		throw new Failure(unknown("option", option, known, `ripen ${name} --help`));
	}
}

function unknown(kind: string, name: string, known: string[], see: string): string {
	const near = nearest(name, known);
	return `unknown ${kind} ${name}${near ? `; did you mean ${near}?` : ""} (see ${see})`;
}
