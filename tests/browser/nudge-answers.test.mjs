// What counts as an answer besides a button: a link in the text, and a checklist that is done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const move = (page, ms) => page.evaluate((ms) => window.clock.move(ms), ms);
const card = (page) => page.locator("ripen-nudge .card");
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const track = (page, ...names) =>
	page.evaluate((names) => names.map((name) => window.ripen.track(name)), names);
const told = async (page, name) => {
	await page.evaluate(() => window.ripen.flush());
	const those = at.collector.kept().filter(({ event }) => event === name);
	return those.map(({ properties }) => properties);
};
const link = (text, href) => ["See ", { a: text, href }, "."];

test("C31 who follows a link in the text has acted, with which one; it stays, and is answered once", async () => {
	const page = await at.show({
		placement: { kind: "banner" },
		content: { body: link("how it works", "#/how") },
	});
	await page.getByRole("link", { name: "how it works" }).click();
	await page.waitForURL("**#/how");
	const url = await page.evaluate(() => location.href);
	assert.deepEqual(await told(page, "$nudge_acted"), [{ nudge: "it", action: "link", url }]);
	await move(page, 600_000);
	await page.getByRole("button", { name: "Close" }).click();
	await gone(page);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown", "acted link"]);
});

test("C31 a link of what a form says of consent is no answer: it can still be sent, or closed", async () => {
	const page = await at.show({
		placement: { kind: "slide_out" },
		content: { consent: link("privacy", "#/privacy"), fields: { why: "Why?" }, submit: "Send" },
		form: { fields: [{ name: "why", type: "text" }] },
	});
	await page.getByRole("link", { name: "privacy" }).click();
	await page.waitForURL("**#/privacy");
	await page.getByRole("button", { name: "Close" }).click();
	await gone(page);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown", "dismissed close"]);
});

const steps = [
	{ id: "many", signal: "events", at_least: 10, open: "#/many" },
	{ id: "more", signal: "events", at_least: 20 },
];
const content = { steps: { many: { title: "Do much" }, more: { title: "Do more" } } };
const checklist = { placement: { kind: "checklist" }, steps, content };
const much = (count) => Array.from({ length: count }, (_, at) => `event ${at}`);

test("C31 a checklist that is done says so and is the answer `done`; it goes after a while, in which nobody is at it", async () => {
	const page = await at.show(checklist);
	await page.getByText("0 / 2").waitFor();
	await track(page, ...much(20));
	await page.getByText("Done: 2 / 2", { exact: true }).waitFor();
	await page
		.getByRole("status")
		.filter({ hasText: "Do more: Done, Done: 2 / 2" })
		.waitFor({ state: "attached" });
	assert.deepEqual(await told(page, "$nudge_acted"), [{ nudge: "it", action: "done" }]);
	await move(page, 9_000);
	await page.getByRole("button", { name: "Close" }).focus();
	await page.waitForFunction(() => !window.clock.pending.some((ms) => ms > 0 && ms <= 1_000));
	await move(page, 60_000);
	assert.equal(await card(page).isVisible(), true);
	await page.locator("#host").focus();
	await page.waitForFunction(() => window.clock.pending.some((ms) => ms > 0 && ms <= 1_000));
	await move(page, 1_000);
	await gone(page);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown", "acted done"]);
});

test("C31 who closes a checklist that is done has dismissed nothing", async () => {
	const page = await at.show(checklist);
	await page.getByText("0 / 2").waitFor();
	await track(page, ...much(20));
	await page.getByText("Done: 2 / 2", { exact: true }).waitFor();
	await page.getByRole("button", { name: "Close" }).click();
	await gone(page);
	assert.deepEqual(await at.outcomes(page), ["exposed", "shown", "acted done"]);
});

test("the link of a step tells of the step, and is no answer: the checklist goes on", async () => {
	const page = await at.show(checklist);
	await page.getByRole("link", { name: "Do much" }).click();
	await page.waitForURL("**#/many");
	assert.deepEqual(await told(page, "$nudge_step"), [{ nudge: "it", step: "many" }]);
	await track(page, ...much(20));
	await page.getByText("Done: 2 / 2", { exact: true }).waitFor();
	assert.deepEqual(await told(page, "$nudge_acted"), [{ nudge: "it", action: "done" }]);
});

test("a mail has its lines as mail programs want them (RFC 6068)", async () => {
	const page = await at.show({
		placement: { kind: "banner" },
		content: {
			actions: { share: "Share" },
			share: { title: "What we did", body: ["One", { br: true }, "Two"] },
		},
		actions: [{ id: "share", share: "mail" }],
	});
	const mail = page.getByRole("link", { name: "Share" });
	assert.equal(await mail.getAttribute("href"), "mailto:?subject=What%20we%20did&body=One%0D%0ATwo");
});
