import { init, track } from "/ripen/index.js";

export const name = "Ripen";

export function start(endpoint, { held }) {
	const options = { writeKey: "bench", host: endpoint, playbook: "/playbook.ripen" };
	// Where the row keeps back what comes later, that is wasm.
	if (held) options.wasm = `${endpoint}/held.wasm`;
	init(options);
}

export { track };
