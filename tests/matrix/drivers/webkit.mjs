import { fileURLToPath } from "node:url";
import { startProgram } from "./program.mjs";
import { overWebDriver } from "./webdriver.mjs";

const browser = fileURLToPath(new URL("webkit-browser.py", import.meta.url));

/** One display for all browsers of a file: it has no headless mode. */
let display;
async function displayed() {
	display ??= startProgram("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
	const [, number] = await display.said(/^(\d+)\n/m);
	return { DISPLAY: `:${number}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" };
}

export const webkit = {
	name: "WebKitGTK",
	launch: async (profile) =>
		overWebDriver(
			process.env.WEBKIT_DRIVER ?? "WebKitWebDriver",
			{ "webkitgtk:browserOptions": { binary: "/usr/bin/python3", args: [browser, profile] } },
			await displayed(),
		),
	stop: () => display?.kill(),
};
