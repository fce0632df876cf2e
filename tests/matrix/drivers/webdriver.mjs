// WebDriver, as far as the matrix needs it: https://www.w3.org/TR/webdriver2/
import { freePort, startProgram } from "./program.mjs";

/** Starts a driver and, by it, a browser. */
export async function overWebDriver(driver, capabilities, env) {
	const port = await freePort();
	const program = startProgram(driver, [`--port=${port}`], env);
	const call = async (method, path, body) => {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			body: body && JSON.stringify(body),
			signal: AbortSignal.timeout(60_000),
		});
		const { value } = await response.json();
		if (value?.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
		return value;
	};
	await listening(port, program);
	const session = await call("POST", "/session", { capabilities: { alwaysMatch: capabilities } }).catch(
		async (error) => {
			await program.kill();
			throw new Error(`${error.message}\n${program.output()}`);
		},
	);
	const at = `/session/${session.sessionId}`;

	// The driver has one window in hand at a time.
	let turn = Promise.resolve();
	const inTurn = (work) => {
		const done = turn.then(work);
		turn = done.catch(() => {});
		return done;
	};
	/** The first window is there from the beginning. */
	let first = true;
	return {
		version: session.capabilities.browserVersion,
		async open(url) {
			const handle = await inTurn(async () => {
				if (first) {
					first = false;
					return call("GET", `${at}/window`);
				}
				return (await call("POST", `${at}/window/new`, { type: "window" })).handle;
			});
			const within = (method, path, body) =>
				inTurn(async () => {
					await call("POST", `${at}/window`, { handle });
					return call(method, at + path, body);
				});
			await within("POST", "/url", { url });
			return {
				run: (script) => within("POST", "/execute/sync", { script: `return ${script}`, args: [] }),
				navigate: (url) => within("POST", "/url", { url }),
				reload: () => within("POST", "/refresh", {}),
				back: () => within("POST", "/back", {}),
				close: () => within("DELETE", "/window"),
			};
		},
		async close() {
			await call("DELETE", at).catch(() => {});
			await program.kill();
		},
		kill: () => program.kill(),
	};
}

/** Waits until the driver answers. */
async function listening(port, program) {
	const end = Date.now() + 20_000;
	for (;;) {
		try {
			return await fetch(`http://127.0.0.1:${port}/status`);
		} catch (error) {
			if (Date.now() > end) {
				await program.kill();
				throw new Error(`the driver does not answer: ${error.message}\n${program.output()}`);
			}
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
}
