import { fileURLToPath } from "node:url";
import { startProgram } from "./program.mjs";
import { overWebDriver } from "./webdriver.mjs";

const browser = fileURLToPath(new URL("webkit-browser.py", import.meta.url));

/** One display for all of a file's browsers; it has no headless mode. */
let display;
async function theDisplay() {
	display ??= startProgram("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
		.said(/^(\d+)\n/m)
		.then(([, number]) => `:${number}`);
	return display;
}

export const webkit = {
	name: "WebKitGTK",
	launch: async (profile) =>
		overWebDriver(
			process.env.WEBKIT_DRIVER ?? "WebKitWebDriver",
			{ "webkitgtk:browserOptions": { binary: "/usr/bin/python3", args: [browser, profile] } },
			{ DISPLAY: await theDisplay(), GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" },
		),
};
