// The product, and what Ripen draws into it, by keyboard alone and as a screen reader has it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ada, addTask, completeTask, connectSlack, createProject, goTo, invite, signUp } from "./cairn.mjs";
import { inChromium } from "./chromium.mjs";
import { newDatabase, startCollector } from "./collector.mjs";
import { engineReady, pass } from "./panel.mjs";

const visit = inChromium();

/** What has the focus: its name as the page says it, and whether it is one of Ripen's. */
const focused = (page) =>
	page.evaluate(() => {
		const host = document.activeElement;
		const element = host.shadowRoot?.activeElement ?? host;
		const labels = [...(element.labels ?? [])].map(({ textContent }) => textContent.trim());
		const name =
			element.ariaLabel ?? labels[0] ?? (element === document.body ? "" : element.textContent.trim());
		return { name, tag: element.localName, ripen: host.localName === "ripen-nudge" };
	});

/** Presses Tab until it is there. Returns what had the focus before. */
async function tabTo(page, what, found) {
	let before = await focused(page);
	for (let presses = 0; presses < 80; presses++) {
		await page.keyboard.press("Tab");
		const now = await focused(page);
		if (found(now)) return before;
		before = now;
	}
	throw new Error(`Tab does not reach ${what}`);
}
const named = (name) => (one) => one.name === name;

test("C36 by keyboard alone: from signing up to the hint's action", async (t) => {
	const collector = await startCollector(t, newDatabase(t));
	// Too narrow for the panel to be open.
	const visitor = await visit(t, { viewport: { width: 1100, height: 800 } });
	const page = await visitor.context.newPage();
	await page.goto(collector.origin);
	await tabTo(page, "the form", named("Your name"));
	// A list takes letters for one word only as long as they come fast: one is enough.
	for (const text of [ada.name, ada.email, ada.role[0]]) {
		await page.keyboard.type(text);
		await page.keyboard.press("Tab");
	}
	await page.keyboard.type(ada.company);
	await page.keyboard.press("Enter");
	await tabTo(page, "the first step", named("New project"));
	await page.keyboard.press("Enter");
	await page.getByRole("dialog", { name: "New project" }).waitFor();
	await page.keyboard.type("Website");
	await page.keyboard.press("Enter");

	const nudge = page.locator("ripen-nudge");
	await nudge.getByRole("status").filter({ hasText: "Every plan starts" }).waitFor({ state: "attached" });
	assert.deepEqual(
		await focused(page),
		{ name: "Website", tag: "h1", ripen: false },
		"nothing took the focus",
	);
	const words = "Add the next thing that has to happen. You can assign it and give it a date later.";
	assert.equal(
		await nudge.getByRole("status").ariaSnapshot(),
		`- status: Every plan starts with one task. ${words}`,
	);
	assert.equal(
		await nudge.getByRole("region").ariaSnapshot(),
		[
			'- region "Every plan starts with one task":',
			'  - heading "Every plan starts with one task" [level=2]',
			'  - button "Close"',
			`  - text: ${words}`,
			'  - button "Add a task"',
		].join("\n"),
	);
	await tabTo(page, "the hint", ({ name, ripen }) => ripen && name === "Add a task");
	await page.keyboard.press("Enter");
	await nudge.waitFor({ state: "detached" });
	assert.equal((await focused(page)).name, "New task", "where the action leads");
	await page.keyboard.type("The first one");
	await page.keyboard.press("Enter");
	await page.getByRole("checkbox", { name: "Complete The first one" }).waitFor();
	assert.deepEqual(visitor.complaints, []);
});

test("C36 by keyboard alone: the upgrade is closed, the talk is filled in and sent; focus returns", async (t) => {
	const collector = await startCollector(t, newDatabase(t));
	const visitor = await visit(t);
	const page = await visitor.context.newPage();
	await page.goto(collector.origin);
	await signUp(page);
	await engineReady(page);
	for (const name of ["Website", "Launch", "Handbook"]) await createProject(page, name);
	const nudge = page.locator("ripen-nudge");
	await nudge.getByRole("button", { name: "Close" }).click();
	await invite(page, "mara@lindworks.example");
	await invite(page, "joao@lindworks.example");
	for (let day = 1; day <= 6; day++) {
		if (day > 1) await pass(page, "Next day");
		await goTo(page, "Handbook");
		for (const part of ["a", "b"]) await addTask(page, `Step ${day}${part}`);
		await completeTask(page, `Step ${day}a`);
	}

	await goTo(page, "Overview");
	await page.getByRole("button", { name: "New project" }).focus();
	await page.keyboard.press("Enter");
	await nudge.getByRole("region", { name: "You have filled the free plan" }).waitFor();
	assert.equal((await focused(page)).name, "New project", "the banner does not take it");
	const before = await tabTo(page, "the banner", ({ name, ripen }) => ripen && name === "Close");
	await page.keyboard.press("Enter");
	await nudge.waitFor({ state: "detached" });
	assert.deepEqual(await focused(page), before, "where it was before the banner");

	await connectSlack(page);
	for (const day of [7, 8]) {
		await pass(page, "Next day");
		await goTo(page, "Handbook");
		await addTask(page, `Step ${day}a`);
	}
	await goTo(page, "Team");
	await page.getByLabel("E-mail").focus();
	await page.keyboard.type("kim@lindworks.example");
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Your team is growing. Shall we talk?" });
	await dialog.waitFor();
	assert.equal((await focused(page)).ripen, true, "a modal has the focus");
	// Below them there is room for the thanks.
	assert.equal(
		await dialog.ariaSnapshot(),
		[
			'- dialog "Your team is growing. Shall we talk?":',
			'  - heading "Your team is growing. Shall we talk?" [level=2]',
			'  - button "Close"',
			"  - text: Teams of your size usually ask about single sign-on, roles and invoices. A person from our team answers within a working day. Your name *",
			`  - textbox "Your name *": ${ada.name}`,
			"  - text: Work e-mail *",
			`  - textbox "Work e-mail *": ${ada.email}`,
			"  - text: What would help you most?",
			'  - textbox "What would help you most?"',
			"  - text: We use this to answer you, and for nothing else.",
			'  - button "Ask for a call"',
			'  - button "No, thank you"',
			"  - status",
		].join("\n"),
	);
	await tabTo(page, "the question", named("What would help you most?"));
	await page.keyboard.type("Roles");
	await tabTo(page, "the button", named("Ask for a call"));
	await page.keyboard.press("Enter");
	await dialog.getByRole("status").filter({ hasText: "Thank you." }).waitFor();
	assert.deepEqual(await focused(page), { name: "Close", tag: "button", ripen: true });
	await page.keyboard.press("Enter");
	await nudge.waitFor({ state: "detached" });
	assert.deepEqual(await focused(page), { name: "E-mail", tag: "input", ripen: false });
	assert.deepEqual(visitor.complaints, []);
});
