import { overWebDriver } from "./webdriver.mjs";

const switches = [
	"headless=new",
	"no-sandbox",
	"disable-quic",
	"no-first-run",
	"disable-background-networking",
	"disable-component-update",
	"disable-sync",
];

export const chromium = {
	name: "Chromium",
	launch: (profile) =>
		overWebDriver(process.env.CHROMEDRIVER ?? "chromedriver", {
			browserName: "chrome",
			"goog:chromeOptions": {
				binary: process.env.CHROMIUM ?? "/usr/bin/chromium",
				args: [...switches, `user-data-dir=${profile}`].map((each) => `--${each}`),
			},
		}),
};
