// WebDriver BiDi, as far as the matrix needs it: https://w3c.github.io/webdriver-bidi/

/** Takes hold of a browser that listens at `address`. */
export async function overBiDi(address, program) {
	// Node 20 has it behind a flag, which xtask/matrix.mjs gives.
	const socket = new WebSocket(`${address}/session`);
	const waiting = new Map();
	let last = 0;
	const fail = (reason) => {
		for (const { reject } of waiting.values()) reject(new Error(reason));
		waiting.clear();
	};
	socket.onmessage = ({ data }) => {
		const { id, type, result, error, message } = JSON.parse(data);
		const call = waiting.get(id);
		waiting.delete(id);
		if (type === "error") call?.reject(new Error(`${error}: ${message}`));
		else call?.resolve(result);
	};
	await new Promise((resolve, reject) => {
		socket.onopen = resolve;
		socket.onerror = ({ message }) => reject(new Error(`${address}: ${message}`));
	});
	socket.onclose = socket.onerror = () => fail("the browser has gone");
	const call = (method, params) =>
		new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), 60_000);
			const settled = (settle) => (value) => {
				clearTimeout(timer);
				settle(value);
			};
			waiting.set(++last, { resolve: settled(resolve), reject: settled(reject) });
			socket.send(JSON.stringify({ id: last, method, params }));
		});

	const { capabilities } = await call("session.new", { capabilities: {} });
	return {
		version: capabilities.browserVersion,
		async open(url) {
			const { context } = await call("browsingContext.create", { type: "window" });
			const navigate = (url) => call("browsingContext.navigate", { context, url, wait: "complete" });
			await navigate(url);
			return {
				async run(expression) {
					const { type, result, exceptionDetails } = await call("script.evaluate", {
						expression,
						target: { context },
						awaitPromise: true,
					});
					if (type === "exception") throw new Error(exceptionDetails.text);
					return result.value;
				},
				navigate,
				reload: () => call("browsingContext.reload", { context, wait: "complete" }),
				back: () => call("browsingContext.traverseHistory", { context, delta: -1 }),
				close: () => call("browsingContext.close", { context }),
			};
		},
		async close() {
			await call("browser.close", {}).catch(() => {});
			await program.kill();
		},
		kill: () => program.kill(),
	};
}
