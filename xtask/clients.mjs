/** Others' clients, which the matrix points at the collector: at pinned versions, beside us and not among what we need. */

import { has, npm, run } from "./command.mjs";
import { at } from "./places.mjs";
import { Stop, step } from "./step.mjs";

/** By what it is for: clients that send to the collector, and what applications migrate from. */
const FOLDERS = {
	"Others' clients for Node and browsers": "tests/matrix/clients",
	"What applications migrate from": "tests/matrix/migration",
};
const REQUIREMENTS = "tests/matrix/clients/requirements.txt";
const VENV = "target/matrix/python";

/** The Python that has them. */
export const python = at(`${VENV}/bin/python`);

/** Fetches what is missing. Throws `Stop`. */
export async function installClients() {
	const wayOut = "check the network, then run the command again";
	for (const [what, folder] of Object.entries(FOLDERS))
		await step(
			what,
			{ inputs: [`${folder}/package-lock.json`], outputs: [`${folder}/node_modules`], wayOut },
			() =>
				npm(["install", "--no-save", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
					cwd: at(folder),
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
		{ inputs: [REQUIREMENTS], outputs: [`${VENV}/bin/python`], wayOut },
		async () => {
			await run("python3", ["-m", "venv", at(VENV)]);
			await run(python, [
				"-m",
				"pip",
				"install",
				"--quiet",
				"--disable-pip-version-check",
				"--requirement",
				at(REQUIREMENTS),
			]);
		},
	);
}
