// The playbook of the page: the shop's, which has signals, segments, scores and stages for the events that are tracked,
// and one nudge.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { run } from "../../../xtask/command.mjs";
import { at } from "../../../xtask/places.mjs";

const shop = JSON.parse(readFileSync(new URL("../store.playbook.json", import.meta.url), "utf8"));

const playbook = JSON.stringify({
	...shop,
	policy: { ...shop.policy, holdout: 0, help_first: false },
	nudges: {
		...shop.nudges,
		beside: {
			purpose: "help",
			on: { event: "nudge_due" },
			placement: { kind: "tooltip", anchor: "#target", side: "bottom" },
			content: { en: { title: "Due dates are here", body: "Choose one, and we remind you a day before." } },
			actions: [],
		},
	},
});

/** As the page reads it. */
export async function compiled() {
	const [from, to] = ["json", "ripen"].map((suffix) => at(`target/bench/beside.${suffix}`));
	mkdirSync(dirname(from), { recursive: true });
	writeFileSync(from, playbook);
	await run(process.execPath, ["js/dist/cli.js", "compile", from, "--out", to]);
	return readFileSync(to);
}
