// What helps stands beside what it is about: the first steps, a button that is new, a place in the page, and one question.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../xtask/places.mjs";
import { addTask, completeTask, createProject, goTo, signUp } from "./cairn.mjs";
import { inChromium } from "./chromium.mjs";
import { newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, engineReady, pass } from "./panel.mjs";
import { holdsEachEventOnce } from "./promises.mjs";

const visit = inChromium();
const { nudges } = JSON.parse(readFileSync(at("www/playbook.json"), "utf8"));
const saysOf = (id) => nudges[id].content.en;

test("from the first steps to the question whether a report fits", { timeout: 600_000 }, async (t) => {
	const database = newDatabase(t);
	const collector = await startCollector(t, database);
	const visitor = await visit(t);
	const page = await visitor.context.newPage();
	const named = (role, id) => page.getByRole(role, { name: saysOf(id).title });
	const gone = () => page.locator("ripen-nudge").waitFor({ state: "detached" });
	await page.goto(collector.origin);
	await signUp(page);
	await engineReady(page);
	await createProject(page, "Website");
	await named("region", "first_task").getByRole("button", { name: "Add a task" }).click();
	await gone();
	await addTask(page, "Write the first page");

	// The steps, which tick themselves off as the work is done.
	await goTo(page, "Overview");
	const steps = named("region", "get_going");
	await steps.getByText("1 / 3", { exact: true }).first().waitFor();
	await goTo(page, "Website");
	for (const title of ["Draw the second", "Show both"]) await addTask(page, title);
	await steps.getByText("2 / 3", { exact: true }).first().waitFor();
	for (const title of ["Write the first page", "Draw the second", "Show both"])
		await completeTask(page, title);
	await steps.getByText("Done: 3 / 3", { exact: true }).first().waitFor();
	await steps.getByRole("button", { name: "Close" }).click();
	await gone();

	// What was closed was done, not dismissed: nobody has to be left alone for it.
	await goTo(page, "Reports");
	const hint = named("dialog", "export_here");
	await hint.waitFor();
	const button = page.getByRole("button", { name: "Export CSV" });
	const [about, beside] = [await button.boundingBox(), await hint.boundingBox()];
	assert.ok(beside.x + beside.width <= about.x, "beside the button, not over it");
	await hint.getByRole("button", { name: "Got it" }).click();
	await gone();
	const exported = async () => {
		const download = page.waitForEvent("download");
		await button.click();
		await download;
	};
	await exported();

	// In the page itself, where the product has left a place for it.
	await goTo(page, "Overview");
	await goTo(page, "Reports");
	const invitation = page
		.locator("main ripen-slot")
		.getByRole("region", { name: saysOf("share_reports").title });
	await invitation.getByRole("link", { name: "Invite them" }).click();
	await page.getByRole("heading", { level: 1, name: "Team" }).waitFor();
	await gone();

	await pass(page, "Next day");
	await goTo(page, "Reports");
	await invitation.waitFor();
	await invitation.getByRole("link", { name: "Invite them" }).click();
	await gone();
	await pass(page, "Next day");
	await page.getByLabel("E-mail").fill("mara@lindworks.example");
	await page.getByRole("button", { name: "Send invitation" }).click();
	await goTo(page, "Reports");
	await exported();
	const question = named("region", "report_fits");
	await question.getByLabel("4", { exact: true }).check();
	await question.getByRole("button", { name: "Send" }).click();
	await question.getByText(saysOf("report_fits").thanks).waitFor();

	const taken = [(await allDelivered(page)).health.taken];
	const events = await holdsEachEventOnce(database, visitor, taken);
	const answers = events.filter(({ event }) => event === "$nudge_answered");
	assert.deepEqual(
		answers.map(({ properties }) => [properties.nudge, properties.answer]),
		[["report_fits", 4]],
	);
	const drawn = ["first_task", "get_going", "export_here", "share_reports", "share_reports", "report_fits"];
	assert.deepEqual(
		visitor.drawn,
		drawn.map((id) => saysOf(id).title),
	);
	assert.deepEqual(visitor.complaints, []);
});
