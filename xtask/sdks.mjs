/** Other SDKs to compare with, for two benchmarks: at pinned versions, beside us and not among what we need. */
import { npm } from "./command.mjs";
import { at } from "./places.mjs";
import { step } from "./step.mjs";

const FOLDER = "tests/bench/delivery";

/** Fetches what is missing. Throws `Stop`. */
export const installPeers = () =>
	step(
		"SDKs to compare with",
		{
			inputs: [`${FOLDER}/package-lock.json`],
			outputs: [`${FOLDER}/node_modules`],
			wayOut: "check the network, then run the command again",
		},
		() =>
			npm(["install", "--no-save", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
				cwd: at(FOLDER),
			}),
	);
