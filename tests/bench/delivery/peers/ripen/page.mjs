import { health, init, on, track } from "/ripen/index.js";

export const name = "Ripen";

/** Ready to decide. Events are taken from the first moment on. */
export function start(endpoint, { held }) {
	const options = { writeKey: "bench", host: endpoint, playbook: "/playbook.ripen" };
	// Where the row keeps back what comes later, that is wasm.
	if (held) options.wasm = `${endpoint}/held.wasm`;
	init(options);
	return new Promise((ready) => {
		const stop = on("health", ({ engine }) => {
			if (engine !== "ready") return;
			stop();
			ready();
		});
		if (health().engine === "ready") ready();
	});
}

export { track };
