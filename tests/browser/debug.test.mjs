// The overlay for whoever writes the playbook, and the preview of a nudge: both say why, and neither counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./browser.mjs";
import { banner, decided, inChromiumForReal, move, nudge } from "./real.mjs";

const at = inChromiumForReal();
const on = { event: "due" };
const playbook = {
	signals: { tasks: { count: "task_created" } },
	nudges: {
		it: nudge({ on, when: { "signals.tasks": { $gte: 2 } } }),
		rests: nudge({ on: { event: "never" }, schedule: { from: "2026-03-03T10:20:00Z" } }),
	},
};
const overlay = (page) => page.getByRole("dialog", { name: "Ripen" });
const outcomes = () =>
	at
		.kept()
		.map(({ event }) => event)
		.filter((event) => event?.startsWith("$nudge_"));

test("debug() says of each nudge what holds it back, what was considered, and keeps up", async () => {
	const page = await at.enter(playbook);
	await page.evaluate(() => window.ripen.track("due"));
	await decided(page, 1);
	await page.locator("#host").focus();
	await page.evaluate(() => window.ripen.debug());
	const panel = overlay(page);
	await panel.getByText("nudges.it (help) is held back by when").click();
	await panel.getByText("signals.tasks is 0, wanted ≥ 2").first().waitFor();
	await panel.getByText("it: blocked by when").waitFor();
	await panel.getByText("0 of 2 nudges could be shown now.").waitFor();
	assert.equal(await panel.getByText(/^turns 3? ?Mar 3, 2026/).count(), 1, "when the schedule begins");
	await page.evaluate(() => ["task_created", "task_created"].map((name) => window.ripen.track(name)));
	await panel.getByText("1 of 2 nudges could be shown now.").waitFor();
	assert.equal(
		await panel.getByRole("button", { name: /^Preview/ }).count(),
		0,
		"the host does not allow it",
	);
	await page.evaluate(() => window.ripen.debug());
	assert.equal(await page.locator("ripen-debug").count(), 1, "there is never a second");
	await page.keyboard.press("Escape");
	await panel.waitFor({ state: "detached" });
	assert.equal(await page.evaluate(() => document.activeElement.id), "host");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("?ripen_preview draws a nudge whatever holds it back, says what does, and counts nothing", async () => {
	const page = await at.enter(playbook, { path: "/?ripen_preview=it", preview: true });
	await banner(page).waitFor();
	await overlay(page).getByText("Nothing has happened yet").waitFor();
	await page.evaluate(() => window.ripen.track("here"));
	await overlay(page).getByText("nudges.it (help) is held back by when").waitFor();
	await banner(page).getByRole("button", { name: "Go" }).click();
	await until("gone", async () => (await page.locator("ripen-nudge").count()) === 0);
	await overlay(page)
		.getByText(/^✗ nudges.rests/)
		.click();
	await overlay(page).getByRole("button", { name: "Preview rests" }).click();
	await banner(page).waitFor();
	// What would be shown beside it is not, either.
	await page.evaluate(() => ["task_created", "task_created", "due"].map((name) => window.ripen.track(name)));
	await overlay(page).getByText("it: won").waitFor();
	await move(page, 120_000);
	assert.equal(await page.locator("ripen-nudge").count(), 1);
	await page.evaluate(() => window.ripen.flush());
	assert.deepEqual(outcomes(), []);
	assert.equal(at.kept().filter(({ event }) => event === "hint_followed").length, 0);
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("what is looked at by a link is over what says why, in whatever order their parts come", async () => {
	// The browser may answer in any order who waits for one part: all that is not for it is there before it comes.
	await at.context.route("**/debug-*.js", async (route) => {
		const page = route.request().frame().page();
		for (let times = 0; times < 5; times++)
			await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
		await route.continue();
	});
	for (let load = 0; load < 4; load++) {
		const page = await at.enter(playbook, { path: "/?ripen_preview=it", preview: true });
		await banner(page).waitFor();
		await overlay(page).waitFor();
		const drawn = await page.evaluate(() =>
			[...document.body.children]
				.map(({ localName }) => localName)
				.filter((name) => name.startsWith("ripen")),
		);
		assert.deepEqual(drawn, ["ripen-debug", "ripen-nudge"]);
		await page.close();
	}
});

test("C40 where the host does not allow it, ?ripen_preview does nothing; of what is not there it says so", async () => {
	const page = await at.enter(playbook, { path: "/?ripen_preview=it" });
	await page.evaluate(() => window.ripen.track("due"));
	await decided(page, 1);
	assert.equal(await page.locator("ripen-nudge, ripen-debug").count(), 0);
	await page.close();
	const other = await at.enter(playbook, { path: "/?ripen_preview=no", preview: true });
	await other.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "preview_unknown"));
	assert.deepEqual(await other.evaluate(() => window.seen.errors), []);
});
