/**
 * `npm run screenshot [FILE]`: lives through a team's first days in the sample product, to the moment where it meets
 * the plan's limit, and takes README's picture of it. Nothing is seeded: it clicks, and moves the clock by the panel.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { chromium as browserPath } from "./browsers.mjs";
import { build, collector } from "./build.mjs";
import { start } from "./command.mjs";
import { at } from "./places.mjs";
import { setupTests } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

const file = resolve(process.argv[2] ?? at("docs/images/cairn.png"));
const WORK = {
	"Spring launch": ["Agree on the date", "Write the announcement", "Record the demo", "Brief support"],
	"New pricing": [
		"Talk to ten customers",
		"Compare three models",
		"Draft the page",
		"Tell existing customers",
	],
	"Data import": ["List the formats", "Map the columns", "Try it with a real export", "Write the help page"],
};

/** In how many days tasks are due, in turn. */
const DUE = [9, 12, 8, 10, 15, 11];

await task(async () => {
	await setupTests();
	await build();
	const { chromium } = await import("playwright-core");
	const folder = mkdtempSync(join(tmpdir(), "ripen-screenshot-"));
	const url = await serve(join(folder, "events.db"));
	const browser = await chromium.launch({
		executablePath: browserPath(),
		args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"],
	});
	try {
		const page = await browser.newPage({
			viewport: { width: 1280, height: 800 },
			locale: "en-GB",
			// Nothing is caught on its way in.
			reducedMotion: "reduce",
		});
		page.setDefaultTimeout(10_000);
		await page.goto(url);
		await liveThrough(page);
		mkdirSync(dirname(file), { recursive: true });
		await page.screenshot({ path: file });
	} catch (error) {
		throw new Stop(
			`the picture could not be taken: ${error.message}`,
			"npm start, and the same clicks by hand",
		);
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
	console.log(file);
	process.exit(0);
});

/** Starts a collector of its own and resolves with its address. */
function serve(database) {
	const args = ["serve", "--listen", "127.0.0.1:0", "--database", database, "--log", "warn"];
	args.push("--playbook", `demo=${at("www/playbook.json")}`, "--www", at("www/dist"));
	const server = start(collector, args, { stdio: ["ignore", "pipe", "inherit"] });
	return new Promise((done, failed) => {
		server.stdout.on("data", (line) => done(/http:\S+/.exec(String(line))?.[0]));
		server.once("close", () => failed(new Stop("the collector did not start", "see its message above")));
	});
}

/** A date so many days after the one that the panel's clock shows. */
async function dayFrom(page, days) {
	const now = await page.getByTestId("clock").getAttribute("datetime");
	return new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
}

async function liveThrough(page) {
	const button = (name) => page.getByRole("button", { name, exact: true }).first();
	let added = 0;
	const addTask = async (title) => {
		await page.getByLabel("New task").fill(title);
		await page.getByLabel("Due date").fill(await dayFrom(page, DUE[added++ % DUE.length]));
		await button("Add task").click();
	};
	// Follows help where it is offered, and is busy when asked to invite: as people are.
	for (const name of ["Add a task", "Not now"]) {
		const offered = page.getByRole("button", { name, exact: true });
		await page.addLocatorHandler(offered, (seen) => seen.click());
	}
	const steps = page.getByRole("region", { name: "Three steps to a plan that works" });
	await page.addLocatorHandler(steps, (seen) => seen.getByRole("button", { name: "Close" }).click());
	await page.getByLabel("Your name").fill("Robin Sandoval");
	await page.getByLabel("Work e-mail").fill("robin@fernworks.example");
	await page.getByLabel("Your role").selectOption({ index: 1 });
	await page.getByLabel("Company or team").fill("Fernworks");
	await button("Create workspace").click();

	const projects = [];
	for (const [name, tasks] of Object.entries(WORK)) {
		await page.getByRole("link", { name: "Overview" }).first().click();
		await button("New project").click();
		await page.getByLabel("Project name").fill(name);
		await button("Create project").click();
		await page.getByLabel("New task").waitFor();
		const [first, ...waiting] = tasks;
		projects.push({ address: page.url(), added: [first], waiting });
		await addTask(first);
	}
	// Half an hour of work a day, for six more working days.
	for (let day = 1; day <= 6; day += 1) {
		await button("Next day").click();
		const { address, added, waiting } = projects[day % projects.length];
		await page.goto(address);
		for (const title of waiting.splice(0, 2)) {
			await addTask(title);
			added.push(title);
		}
		await page.getByRole("checkbox", { name: `Complete ${added.shift()}` }).click();
	}
	// A weekend later.
	await button("Next day").click();
	await button("Next day").click();
	await page.getByRole("link", { name: "Overview" }).first().click();
	await button("New project").click();
	await page.getByRole("heading", { name: "You have filled the free plan" }).waitFor();
	// The panel is longer than the picture is high: what Ripen has understood, rather than the clock.
	await page.getByRole("region", { name: "Events" }).evaluate((part) => {
		part.scrollIntoView();
		scrollTo(0, 0);
	});
}
