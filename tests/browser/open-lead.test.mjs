// Somebody of the company is to talk to them: nothing commercial meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decisions, inChromiumForReal, move, nudge, start } from "./real.mjs";

const at = inChromiumForReal();
const day = 86_400_000;
const form = { fields: [{ name: "message", type: "text" }] };
const talk = nudge({
	purpose: "talk",
	on: { event: "asked" },
	priority: 1,
	placement: { kind: "modal" },
	content: {
		en: { title: "Let us talk", fields: { message: "What about?" }, submit: "Send", thanks: "Thank you." },
	},
	actions: [],
	form,
});
const of = (purpose) => nudge({ purpose, on: { event: "asked" } });
const playbook = {
	policy: { holdout: 0, help_first: false, per_session: 99, gap: "1h", quiet: "1h" },
	nudges: { talk, upgrade: of("upgrade") },
};
const asked = async (page) => {
	const before = (await decisions(page)).length;
	await page.evaluate(() => window.ripen.track("asked"));
	await page.waitForFunction((before) => window.seen.decisions.length > before, before);
	const last = (await decisions(page)).at(-1);
	return last.considered.map(({ by }) => by ?? "open");
};

test("given a form that was submitted, then nothing commercial is shown for a month, in no tab, and after a reload; the next person is not held back", async () => {
	const page = await at.enter(playbook, { person: "ada" });
	assert.deepEqual(await asked(page), ["open", "open"]);
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("What about?").fill("SSO");
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByRole("status").filter({ hasText: "Thank you." }).waitFor();
	await page.keyboard.press("Escape");
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	await move(page, day);
	const held = ["policy.open_lead", "policy.open_lead"];
	assert.deepEqual(await asked(page), held);
	const why = await page.evaluate(() => window.ripen.explain("nudges.upgrade").then(JSON.stringify));
	assert.match(why, /"id":"policy.open_lead","holds":false/);
	const other = await at.enter(playbook, { clock: start + 2 * day });
	assert.deepEqual(await asked(other), held);
	await other.evaluate(() => window.ripen.reset());
	await other.evaluate(() => window.ripen.identify("bob"));
	await other.waitForFunction(() => window.ripen.view()?.person === "bob");
	assert.deepEqual(await asked(other), ["open", "open"]);
});

test("given a form of who is nobody yet, then nothing commercial is shown once they have signed in", async () => {
	const page = await at.enter(playbook);
	await page.evaluate(() => window.ripen.track("here"));
	await page.waitForFunction(() => window.ripen.view());
	assert.deepEqual(await asked(page), ["open", "open"]);
	await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
	await page.keyboard.press("Escape");
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	await page.evaluate(() => window.ripen.identify("ada"));
	await page.waitForFunction(() => window.ripen.view()?.person === "ada");
	assert.deepEqual(await asked(page), ["policy.open_lead", "policy.open_lead"]);
	// Whoever is said to be there next, without a `reset`, has sent none.
	await page.evaluate(() => window.ripen.identify("bob"));
	await page.waitForFunction(() => window.ripen.view()?.person === "bob");
	assert.ok(!(await asked(page)).includes("policy.open_lead"));
});

test("given a form that nobody has closed, then after a month it is over", async () => {
	const page = await at.enter(playbook, { person: "ada" });
	await asked(page);
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Send" }).click();
	await page.keyboard.press("Escape");
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	await page.close();
	for (const [days, expected] of [
		[29, "policy.open_lead"],
		[31, "open"],
	]) {
		const later = await at.enter(playbook, { clock: start + days * day });
		assert.equal((await asked(later))[1], expected);
		await later.close();
	}
});
