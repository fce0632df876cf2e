// The programs that a test starts: drivers, browsers, a display. None outlives the tests.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";

const longestWaitMs = 30_000;
const running = new Set();

process.once("exit", () => {
	for (const pid of running) killTree(pid);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** Starts a program. `said(pattern)` waits for a line of it; `kill` ends it and all that it started, by SIGKILL. */
export function startProgram(program, args, env = {}) {
	const child = spawn(program, args, {
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe", "pipe"],
	});
	running.add(child.pid);
	let output = "";
	let heard = () => {};
	for (const stream of child.stdio.slice(1))
		stream.on("data", (chunk) => {
			// A browser that grumbles all day must not fill the memory.
			output = (output + chunk).slice(-100_000);
			heard();
		});
	const gone = new Promise((resolve) => {
		child.once("error", (error) => {
			output += error.message;
			resolve();
		});
		child.once("close", resolve);
	});
	return {
		output: () => output,
		async said(pattern) {
			let stop = () => {};
			const ended = new Promise((_, reject) => {
				const fail = (why) => reject(new Error(`${program} ${why}, and said:\n${output}`));
				gone.then(() => fail("ended"));
				const timer = setTimeout(() => fail(`did not say ${pattern}`), longestWaitMs);
				stop = () => clearTimeout(timer);
			});
			const found = new Promise((resolve) => {
				heard = () => pattern.test(output) && resolve(output.match(pattern));
				heard();
			});
			return Promise.race([found, ended]).finally(stop);
		},
		async kill() {
			killTree(child.pid);
			await gone;
			running.delete(child.pid);
		},
	};
}

/** A browser is many processes, and those of a killed one may outlive it. */
function killTree(root) {
	const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
	const rows = table.trim().split("\n");
	const parents = rows.map((row) => row.trim().split(/\s+/).map(Number));
	const tree = [root];
	for (const parent of tree) for (const [pid, ppid] of parents) if (ppid === parent) tree.push(pid);
	for (const pid of tree) {
		try {
			process.kill(pid, "SIGKILL");
		} catch {
			// It is gone already.
		}
	}
}

/** A port that nobody listens on. */
export async function freePort() {
	const server = createServer();
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}
