/** The bundler's own programs, as `npx` would start them in the application's folder. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { run as runProgram } from "../../../xtask/command.mjs";

/** Frameworks and bundlers ask the network for news, and write to the terminal as people like it. */
const env = { NO_COLOR: "1", FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
const slow = 300_000;

const binary = (folder, name) =>
	name === "node" ? process.execPath : join(folder, "node_modules/.bin", name);

/** To its end; what it wrote. */
export const run = (folder, [name, ...args]) =>
	runProgram(binary(folder, name), args, { cwd: folder, env, timeout: slow });

/** A server, until the test is over: the origin that it says. */
export async function serve(t, folder, [name, ...args]) {
	const stdio = ["ignore", "pipe", "pipe"];
	const environment = { ...process.env, ...env };
	// A group of its own: some start others, which would outlive them.
	const child = spawn(binary(folder, name), args, { cwd: folder, env: environment, stdio, detached: true });
	const gone = new Promise((resolve) => child.once("close", resolve));
	const end = () => {
		try {
			process.kill(-child.pid, "SIGKILL");
		} catch {
			// Nobody is left.
		}
	};
	process.once("exit", end);
	t.after(() => {
		process.off("exit", end);
		end();
		return gone;
	});
	let said = "";
	return new Promise((resolve, reject) => {
		const hear = (chunk) => {
			said += chunk;
			const origin = /http:\/\/(?:127\.0\.0\.1|localhost|0\.0\.0\.0):\d+/.exec(said)?.[0];
			if (origin) resolve({ origin: origin.replace(/localhost|0\.0\.0\.0/, "127.0.0.1"), said: () => said });
		};
		child.stdout.on("data", hear);
		child.stderr.on("data", hear);
		child.once("error", reject);
		gone.then(() => reject(new Error(`${name} ended: ${said}`)));
		setTimeout(() => reject(new Error(`${name} says no address: ${said}`)), slow).unref();
	});
}
