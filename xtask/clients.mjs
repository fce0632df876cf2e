/** Others' clients, which the matrix points at the collector: at pinned versions, beside us and not among what we need. */

import { has, npm, run } from "./command.mjs";
import { at } from "./places.mjs";
import { Stop, step } from "./step.mjs";

const FOLDER = "tests/matrix/clients";
const VENV = "target/matrix/python";

/** The Python that has them. */
export const python = at(`${VENV}/bin/python`);

/** Fetches what is missing. Throws `Stop`. */
export async function installClients() {
	const wayOut = "check the network, then run the command again";
	await step(
		"Others' clients for Node and browsers",
		{ inputs: [`${FOLDER}/package-lock.json`], outputs: [`${FOLDER}/node_modules`], wayOut },
		() =>
			npm(["install", "--no-save", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
				cwd: at(FOLDER),
			}),
	);
	if (!has("python3")) {
		throw new Stop(
			"the matrix needs Python",
			"install Python 3 with venv (Debian: apt-get install python3-venv)",
		);
	}
	await step(
		"Others' clients for Python",
		{ inputs: [`${FOLDER}/requirements.txt`], outputs: [`${VENV}/bin/python`], wayOut },
		async () => {
			await run("python3", ["-m", "venv", at(VENV)]);
			await run(python, [
				"-m",
				"pip",
				"install",
				"--quiet",
				"--disable-pip-version-check",
				"--requirement",
				at(`${FOLDER}/requirements.txt`),
			]);
		},
	);
}
