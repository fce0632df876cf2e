/** The browsers that tests drive: what each needs, and how Debian calls it. */
import { spawnSync } from "node:child_process";
import { has, run } from "./command.mjs";
import { Stop, step } from "./step.mjs";

/** The browser of the tests. */
export const chromium = () => process.env.CHROMIUM ?? "/usr/bin/chromium";

const chromiumAndDriver = {
	name: "Chromium and chromedriver",
	packages: ["chromium", "chromium-driver"],
	variables: "CHROMIUM and CHROMEDRIVER",
	there: () => has(chromium()) && has(process.env.CHROMEDRIVER ?? "chromedriver"),
};

const firefox = {
	name: "Firefox",
	packages: ["firefox-esr"],
	variables: "FIREFOX",
	there: () => has(process.env.FIREFOX ?? "firefox-esr"),
};

/** Its driver, a display, and what `tests/matrix/drivers/webkit-browser.py` is written in. */
const webkit = {
	name: "WebKitGTK",
	packages: ["webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb"],
	there: () =>
		has("WebKitWebDriver") &&
		has("Xvfb") &&
		spawnSync("/usr/bin/python3", ["-c", "import gi; gi.require_version('WebKit2', '4.1')"]).status === 0,
};

export const forTests = [chromiumAndDriver];
export const forMatrix = [chromiumAndDriver, firefox, webkit];

/** Installs what is missing of these on Debian as root; elsewhere says what to install. Throws `Stop`. */
export async function install(browsers) {
	for (const { name, packages, variables, there } of browsers) {
		if (there()) continue;
		const byName = variables ? `, or name it by ${variables}` : "";
		const wayOut = `install ${name} (Debian: apt-get install ${packages.join(" ")})${byName}`;
		if (process.getuid?.() !== 0 || !has("apt-get"))
			throw new Stop(`the tests need ${name}, and it is not here`, wayOut);
		await step(name, { wayOut }, async () => {
			const env = { DEBIAN_FRONTEND: "noninteractive" };
			await run("apt-get", ["update", "-qq"], { env });
			await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
			if (!there()) throw new Error("it is installed, but cannot be found");
		});
	}
}
