import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const due = (page, nudge) => page.evaluate((nudge) => window.ripen.track("due", { nudge }), nudge);
const names = () => at.collector.kept().map((event) => event.event);
const sent = async (page) => {
	await page.evaluate(() => window.ripen.flush());
	return at.collector.kept();
};
/** A closed dialog is hidden at once; its nudge goes with the event that tells of it. */
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const of = (events, name) => events.filter(({ event }) => event === name);

test("C36 a banner is a named region, is announced, takes no focus, and closes by its button", async () => {
	const page = await at.open();
	await ready(page);
	await page.locator("#host").focus();
	await due(page, "hint");
	const banner = page.getByRole("region", { name: "A hint" });
	await banner.waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.id), "host");
	await page
		.getByRole("status")
		.filter({ hasText: "A hint. One task first." })
		.waitFor({ state: "attached" });
	assert.equal(
		await banner.evaluate((element) => element.matches(":popover-open")),
		true,
		"in the top layer",
	);
	await banner.getByRole("button", { name: "Close" }).click();
	await banner.waitFor({ state: "detached" });
	const events = await sent(page);
	assert.deepEqual(of(events, "$nudge_shown")[0].properties, { nudge: "hint" });
	assert.deepEqual(of(events, "$nudge_dismissed")[0].properties, { action: "close", nudge: "hint" });
});

test("C40 an action of a script URL is left out with a warning; one that tracks, tracks", async () => {
	const page = await at.open();
	await ready(page);
	await due(page, "hint");
	const banner = page.getByRole("region", { name: "A hint" });
	await banner.getByRole("button", { name: "Add a task" }).waitFor();
	assert.equal(await banner.getByText("Bad").count(), 0);
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "nudge_url_refused"));
	await banner.getByRole("button", { name: "Add a task" }).click();
	const events = await sent(page);
	assert.equal(of(events, "hint_followed").length, 1);
	assert.deepEqual(of(events, "$nudge_acted")[0].properties, { action: "add", nudge: "hint" });
});

test("an action that opens something is a link, followed once it is recorded", async () => {
	const page = await at.open();
	await ready(page);
	await due(page, "hint");
	await page.getByRole("link", { name: "Plans" }).click();
	await page.waitForURL("**#/plans");
	assert.equal(of(await sent(page), "$nudge_acted").length, 1);
});

test("C36 a modal holds the focus, is closed by Escape (dismissed), and gives the focus back", async () => {
	const page = await at.open();
	await ready(page);
	await page.locator("#host").focus();
	await due(page, "talk");
	const dialog = page.getByRole("dialog", { name: "Shall we talk?" });
	await dialog.waitFor();
	assert.equal(await dialog.evaluate((element) => element.getAttribute("aria-describedby")), "body");
	assert.equal(await page.evaluate(() => document.activeElement.localName), "ripen-nudge");
	for (let i = 0; i < 12; i++) {
		await page.keyboard.press("Tab");
		assert.notEqual(
			await page.evaluate(() => document.activeElement.id),
			"host",
			"Tab does not reach the page",
		);
	}
	await page.keyboard.press("Escape");
	await gone(page);
	assert.equal(await page.evaluate(() => document.activeElement.id), "host");
	assert.equal(of(await sent(page), "$nudge_dismissed").length, 1);
});

test("a form says what is missing, then becomes a lead with its reasons, once, also offline", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.identify("ada", { name: "Ada" }));
	await due(page, "talk");
	const dialog = page.getByRole("dialog");
	const [name, email] = [dialog.getByLabel("Your name"), dialog.getByLabel("Work e-mail")];
	await email.waitFor();
	assert.equal(await name.inputValue(), "Ada", "prefilled from the traits");
	await dialog.getByRole("button", { name: "Ask for a call" }).click();
	assert.equal(await email.getAttribute("aria-invalid"), "true");
	assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.type), "email");
	const error = await dialog.locator(".error", { hasText: /./ }).first().textContent();
	assert.ok(error.length > 5, "the browser's own message");
	at.collector.down = true;
	await email.fill("ada@example.com");
	await dialog.getByLabel("What would help?").fill("SSO");
	await dialog.getByRole("button", { name: "Ask for a call" }).click();
	await dialog.getByRole("status").filter({ hasText: "Thank you. We will write." }).waitFor();
	await page.keyboard.press("Escape");
	await gone(page);
	await page.reload();
	await ready(page);
	at.collector.down = false;
	// A try of before may be the one that fails.
	await until("it arrives", async () => of(await sent(page), "$lead_submitted").length > 0);
	const events = await sent(page);
	const leads = of(events, "$lead_submitted");
	assert.equal(leads.length, 1);
	assert.deepEqual(leads[0].properties.fields, { name: "Ada", email: "ada@example.com", message: "SSO" });
	assert.deepEqual(leads[0].properties.reasons.stages, { journey: "active" });
	assert.equal(leads[0].userId, "ada");
	assert.equal(of(events, "$nudge_dismissed").length, 0, "acted is not dismissed");
	assert.deepEqual(await errorsOf(page), []);
});

test("C32 what is no longer allowed when it would be drawn is not drawn, and frees the slot", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripenForbids = ["hint"];
	});
	await due(page, "hint");
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.flush());
	await due(page, "talk");
	await page.getByRole("dialog", { name: "Shall we talk?" }).waitFor();
	assert.equal(await page.getByRole("region").count(), 0);
	assert.deepEqual(
		of(await sent(page), "$nudge_shown").map(({ properties }) => properties.nudge),
		["talk"],
	);
});

test("C33 while one is on screen, a second is not drawn", async () => {
	const page = await at.open();
	await ready(page);
	await due(page, "hint");
	await page.getByRole("region", { name: "A hint" }).waitFor();
	await due(page, "talk");
	await page.waitForFunction(() => window.seen.decisions.length === 2);
	assert.equal(await page.evaluate(() => window.seen.decisions[1].won), null);
	assert.equal(await page.locator("ripen-nudge").count(), 1);
});

test("C35 a nudge waits while the host has a modal dialog open", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		const dialog = document.body.appendChild(document.createElement("dialog"));
		dialog.textContent = "The host's";
		dialog.showModal();
	});
	await due(page, "hint");
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.flush());
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	await page.evaluate(() => document.querySelector("dialog").close());
	await page.getByRole("region", { name: "A hint" }).waitFor();
});

test("C26 under a strict CSP with Trusted Types a nudge is drawn in its style", async () => {
	at.collector.csp =
		"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";
	const page = await at.open();
	const complaints = [];
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	await ready(page);
	await due(page, "hint");
	const banner = page.getByRole("region", { name: "A hint" });
	await banner.waitFor();
	assert.equal(await banner.evaluate((element) => getComputedStyle(element).position), "fixed");
	assert.deepEqual(
		complaints.filter((text) => !/favicon/.test(text)),
		[],
	);
});

test("C37 at 320 px nothing overflows, and the host's styles do not come in", async () => {
	const page = await at.open();
	await page.setViewportSize({ width: 320, height: 480 });
	await ready(page);
	await page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(
			"* { color: rgb(255, 0, 0) !important; display: block; } ripen-nudge { display: none }",
		);
		document.adoptedStyleSheets = [sheet];
	});
	await due(page, "hint");
	const banner = page.getByRole("region", { name: "A hint" });
	await banner.waitFor();
	const { x, width } = await banner.boundingBox();
	assert.ok(x >= 0 && x + width <= 320, `from ${x}, ${width} wide`);
	assert.notEqual(await banner.evaluate((element) => getComputedStyle(element).color), "rgb(255, 0, 0)");
});

test("with nudges: false the host draws, and reports what became of it", async () => {
	const page = await at.open({ nudges: false });
	await ready(page);
	await due(page, "hint");
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	const { id, purpose, content } = await page.evaluate(() =>
		JSON.parse(JSON.stringify(window.seen.nudges[0])),
	);
	assert.deepEqual([id, purpose, content.en.title], ["hint", "help", "A hint"]);
	await page.evaluate(() => window.seen.nudges[0].report("snoozed", { action: "later" }));
	assert.deepEqual(of(await sent(page), "$nudge_snoozed")[0].properties, { action: "later", nudge: "hint" });
	assert.equal(names().includes("$nudge_shown"), false);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
});
