/** Runs the built command line, as a shell would. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const packageRoot = new URL("../../js/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8"));
const entry = fileURLToPath(new URL(manifest.bin.ripen, packageRoot));

export const { version } = manifest;

/** `input` (text or bytes) becomes its standard input, `env` is added to the environment. Resolves with what it wrote and its exit code. */
export function ripen(args, { input, cwd, env } = {}) {
	const child = start(args, { cwd, env });
	const out = [];
	let err = "";
	child.stdout.on("data", (chunk) => out.push(chunk));
	child.stderr.on("data", (chunk) => {
		err += chunk;
	});
	// It may end without having read all: that is its business.
	child.stdin.on("error", () => {});
	child.stdin.end(input);
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => {
			const bytes = Buffer.concat(out);
			resolve({ code, bytes, out: bytes.toString("utf8"), err });
		});
	});
}

export function start(args, { cwd, env: added } = {}) {
	// Not what the terminal of whoever runs the tests wants.
	const { FORCE_COLOR, NO_COLOR, ...env } = process.env;
	return spawn(process.execPath, [entry, ...args], { cwd, env: { ...env, ...added } });
}

/** An empty folder for one test file, gone when its tests are done. */
export function folder() {
	const path = mkdtempSync(join(tmpdir(), "ripen-cli-"));
	after(() => rmSync(path, { recursive: true, force: true }));
	return {
		at: (name) => join(path, name),
		/** Writes a file, an object as JSON, and returns its path. */
		put(name, content) {
			const plain = typeof content === "string" || content instanceof Uint8Array;
			writeFileSync(join(path, name), plain ? content : JSON.stringify(content, null, "\t"));
			return join(path, name);
		},
	};
}

/** A playbook with one number and one ladder. */
export const playbook = {
	signals: { tasks: { count: "task_created" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 2 } } }] },
	},
};

/** Events of one person as NDJSON lines, an hour apart from midnight of New Year 2026. */
export const tasks = (person, count) =>
	Array.from({ length: count }, (_, hour) =>
		JSON.stringify({
			type: "track",
			event: "task_created",
			messageId: `${person}-${hour}`,
			anonymousId: `device-of-${person}`,
			userId: person,
			timestamp: new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
		}),
	);
