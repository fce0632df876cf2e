/** What `inputs.mjs` has written, as the wasm half takes it: texts by name. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function readInputs(folder) {
	const inputs = { recordings: {}, playbooks: {}, plan: undefined };
	for (const file of readdirSync(folder)) {
		const text = readFileSync(join(folder, file), "utf8");
		if (file === "plan.json") inputs.plan = JSON.parse(text);
		else if (file.endsWith(".ndjson")) inputs.recordings[file.slice(0, -".ndjson".length)] = text;
		else inputs.playbooks[file.slice(0, -".playbook.json".length)] = text;
	}
	return inputs;
}
