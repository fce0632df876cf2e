// The overlay for whoever writes the playbook is for everybody of them: axe finds nothing, and no mouse is needed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { decided, inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const playbook = {
	signals: { tasks: { count: "task_created" } },
	nudges: {
		it: nudge({ on: { event: "due" }, when: { "signals.tasks": { $gte: 2 } } }),
		rests: nudge({ on: { event: "never" }, schedule: { from: "2026-03-03T10:20:00Z" } }),
	},
};
const overlay = (page) => page.getByRole("dialog", { name: "Ripen" });
const opened = async (init) => {
	const page = await at.enter(playbook, init);
	await page.evaluate(() => window.ripen.track("due"));
	await decided(page, 1);
	await page.locator("#host").focus();
	await page.evaluate(() => window.ripen.debug());
	await overlay(page).getByText("0 of 2 nudges could be shown now.").waitFor();
	return page;
};
const findings = (page) =>
	page.evaluate(async () => {
		const { violations, incomplete } = await window.axe.run(document.querySelector("ripen-debug"), {
			resultTypes: ["violations", "incomplete"],
			rules: { "target-size": { enabled: true } },
		});
		// Of a sign that is no letter it does not know whether its contrast counts.
		const doubts = incomplete.filter(({ id }) => id !== "color-contrast");
		return [...violations, ...doubts].flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target.flat().join(" ")}: ${failureSummary}`),
		);
	});
/** What has the focus, wherever it is. */
const focused = (page) =>
	page.evaluate(() => {
		let element = document.activeElement;
		while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
		return element.getAttribute("aria-label") ?? element.textContent.trim();
	});

for (const colorScheme of ["light", "dark"])
	test(`C36 axe finds nothing on the overlay of debug(), ${colorScheme}`, async () => {
		const page = await opened({ preview: true });
		await page.emulateMedia({ colorScheme });
		await page.evaluate(axe);
		assert.deepEqual(await findings(page), []);
		// With all that is folded away, too.
		await page.evaluate(() => {
			for (const details of document.querySelector("ripen-debug").shadowRoot.querySelectorAll("details"))
				details.open = true;
		});
		assert.deepEqual(await findings(page), []);
	});

test("C36 by keyboard alone: the overlay is read, a verdict opened, a nudge looked at, and all of it left", async () => {
	const page = await opened({ preview: true });
	assert.equal(
		await page.evaluate(() => document.querySelector("ripen-debug").shadowRoot.activeElement.role),
		"dialog",
	);
	const visited = [];
	for (let presses = 0; presses < 40 && visited.at(-1) !== "Preview it"; presses++) {
		await page.keyboard.press("Tab");
		visited.push(await focused(page));
		// A verdict that is folded is unfolded.
		if (/nudges\.it /.test(visited.at(-1))) {
			await page.keyboard.press("Enter");
			await overlay(page).getByText("signals.tasks is 0, wanted ≥ 2").first().waitFor();
		}
	}
	assert.deepEqual(visited.slice(0, 2), ["Copy", "Close"]);
	assert.equal(visited.at(-1), "Preview it", visited.join(" | "));
	await page.keyboard.press("Enter");
	const drawn = page.getByRole("region", { name: "A hint" });
	await drawn.waitFor();
	await drawn.getByRole("button", { name: "Close" }).press("Escape");
	await drawn.waitFor({ state: "detached" });
	assert.equal(await focused(page), "Preview it", "where they were");
	await page.keyboard.press("Escape");
	await overlay(page).waitFor({ state: "detached" });
	assert.equal(await page.evaluate(() => document.activeElement.id), "host");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("C36 what is drawn anew does not take the focus from whoever goes through it", async () => {
	const page = await opened({ preview: true });
	const summary = overlay(page).locator("summary", { hasText: "nudges.it " }).first();
	await summary.focus();
	const expand = () => page.keyboard.press("Enter");
	await expand();
	await overlay(page).getByRole("button", { name: "Preview it" }).focus();
	for (const tasks of [1, 2]) {
		await page.evaluate(() => window.ripen.track("task_created"));
		await overlay(page)
			.getByText(`signals.tasks is ${tasks}, wanted ≥ 2`)
			.first()
			.waitFor({ state: "attached" });
		// With the second its verdict turns, and folds the preview away.
		if (tasks === 1) assert.equal(await focused(page), "Preview it");
		else assert.match(await focused(page), /nudges\.it /);
	}
	await page.keyboard.press("Escape");
	await overlay(page).waitFor({ state: "detached" });
});
