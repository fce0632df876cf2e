/** A page of the application in Chromium: what it shows, and all that it complains of. */
import { chromium } from "playwright-core";
import { chromium as program } from "../../../xtask/browsers.mjs";

/** How long a failure takes; no measure of speed. */
const patience = 180_000;
const flags = ["no-sandbox", "disable-quic", "no-first-run", "disable-background-networking", "disable-sync"];

export const launch = () =>
	chromium.launch({
		executablePath: program(),
		args: [...flags, "disable-component-update"].map((flag) => `--${flag}`),
	});

/** Opens `url` in a profile of its own. */
export async function visit(t, browser, url) {
	const context = await browser.newContext();
	t.after(() => context.close());
	context.setDefaultTimeout(patience);
	const page = await context.newPage();
	/** `missing` is what was answered by an error. */
	const complaints = { errors: [], warnings: [], violations: [], missing: [] };
	page.on("pageerror", (error) => complaints.errors.push(`${error}`));
	page.on("console", (message) => {
		const kind = { error: "errors", warning: "warnings" }[message.type()];
		if (kind) complaints[kind].push(message.text());
	});
	page.on("response", (response) => {
		if (response.status() >= 400) complaints.missing.push(`${response.status()} ${response.url()}`);
	});
	await page.exposeFunction("violated", (what) => complaints.violations.push(what));
	await page.addInitScript(() =>
		addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective }) =>
			window.violated(`${violatedDirective} ${blockedURI}`),
		),
	);
	await page.goto(url);
	return { page, complaints };
}

/** Waits until what is shown under `id` is `wanted`; where that does not come, what was complained of says why. */
export const shows = ({ page, complaints }, id, wanted) =>
	page
		.waitForFunction(([id, wanted]) => document.getElementById(id)?.textContent === wanted, [id, wanted])
		.catch((error) => {
			throw new Error(`${id} is never ${wanted}: ${JSON.stringify(complaints)}`, { cause: error });
		});
