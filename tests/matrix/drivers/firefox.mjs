import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { overBiDi } from "./bidi.mjs";
import { startProgram } from "./program.mjs";

/** Besides those that Firefox sets by itself where it is driven. */
const preferences = {
	"app.normandy.enabled": false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"network.captive-portal-service.enabled": false,
	"network.connectivity-service.enabled": false,
	// It is killed on purpose, and is not to come back in safe mode.
	"toolkit.startup.max_resumed_crashes": -1,
};

export const firefox = {
	name: "Firefox",
	async launch(profile) {
		mkdirSync(profile, { recursive: true });
		const lines = Object.entries(preferences).map(
			([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
		);
		writeFileSync(join(profile, "user.js"), lines.join(""));
		const program = startProgram(process.env.FIREFOX ?? "firefox-esr", [
			"--headless",
			"--no-remote",
			"--profile",
			profile,
			"--remote-debugging-port=0",
		]);
		const [, address] = await program.said(/WebDriver BiDi listening on (ws:\S+)/);
		return overBiDi(address, program);
	},
};
