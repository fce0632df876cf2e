/** Runs other programs, and ends them with us. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { executable, root } from "./places.mjs";

const running = new Set();
let ending;

/** Ctrl-C and its like: tells the others, waits until they are gone, and ends. The second time, or late, by force. */
function end(signal) {
	const exit = () => process.exit(128 + constants.signals[signal]);
	if (ending || running.size === 0) {
		for (const child of running) child.kill("SIGKILL");
		exit();
	}
	ending = exit;
	for (const child of running) child.kill(signal);
	setTimeout(() => end(signal), 5_000);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
process.once("exit", () => {
	for (const child of running) child.kill();
});

/** A program that could not be started, or ended with another code than 0. `output` is all it said. */
export class CommandFailed extends Error {
	constructor(line, reason, output) {
		super(`${line}: ${reason}`);
		this.output = output;
	}
}

/** Starts a program; it is killed when this process ends. */
export function start(program, args = [], { cwd = root, env = {}, stdio = "inherit", timeout } = {}) {
	const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio, timeout });
	running.add(child);
	const gone = () => {
		running.delete(child);
		if (running.size === 0) ending?.();
	};
	child.once("close", gone);
	child.once("error", gone);
	return child;
}

/**
 * Runs a program to its end and returns what it wrote. `live` shows that as it comes, too.
 * Throws `CommandFailed`.
 */
export function run(program, args = [], { live = false, ...options } = {}) {
	const line = [program.split("/").at(-1), ...args].join(" ");
	return new Promise((resolve, reject) => {
		const child = start(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
		const chunks = [];
		const take = (target) => (chunk) => {
			chunks.push(chunk);
			if (live) target.write(chunk);
		};
		child.stdout.on("data", take(process.stdout));
		child.stderr.on("data", take(process.stderr));
		const output = () => Buffer.concat(chunks).toString("utf8");
		child.once("error", (error) => reject(new CommandFailed(line, error.message, "")));
		child.once("close", (code, signal) => {
			if (code === 0) resolve(output());
			else reject(new CommandFailed(line, signal ?? `exit code ${code}`, output()));
		});
	});
}

/** npm, as the one that runs us if it does (on Windows only that can be started without a shell). */
export function npm(args, options) {
	const script = process.env.npm_execpath;
	return script?.endsWith(".js")
		? run(process.execPath, [script, ...args], options)
		: run("npm", args, options);
}

/** Whether a program, by path or by name, is there. */
export function has(program) {
	const folders = program.includes("/") ? [""] : (process.env.PATH ?? "").split(delimiter);
	return folders.some(
		(folder) => existsSync(join(folder, program)) || existsSync(join(folder, executable(program))),
	);
}
