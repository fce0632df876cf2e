// Where nudges are drawn: what stands beside an element, in a slot of the host's, step after step, or goes by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const card = (page) => page.locator("ripen-nudge .card");
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const move = (page, ms) => page.evaluate((ms) => window.clock.move(ms), ms);
/** It waits for its anchor, for the seven seconds that no other timer has. */
const waits = (page) => page.waitForFunction(() => window.clock.pending.includes(7_000));
const target = `<div style="position:absolute;left:300px;top:250px;width:80px;height:30px" id="target">Target</div>`;
const boxOf = async (locator) => {
	const { x, y, width, height } = await locator.boundingBox();
	return { left: x, top: y, right: x + width, bottom: y + height };
};

for (const native of [true, false])
	test(`C38 a tooltip stands beside its anchor, follows it, turns where there is no room (${native ? "by the browser" : "by hand"})`, async () => {
		const without = () => {
			// As a browser without anchor positioning.
			CSS.supports = () => false;
		};
		const page = await at.show(
			{ placement: { kind: "tooltip", anchor: "#target", side: "bottom" } },
			{ html: target, before: native ? undefined : without },
		);
		const [anchor, tip] = [page.locator("#target"), card(page)];
		const isBelow = async () => {
			const [one, other] = [await boxOf(anchor), await boxOf(tip)];
			return (
				other.top >= one.bottom &&
				other.top - one.bottom < 24 &&
				other.left < one.right &&
				other.right > one.left
			);
		};
		await tip.waitFor();
		await until("below", isBelow);
		await page.evaluate(() => {
			document.querySelector("#target").style.left = "600px";
			document.querySelector("#target").style.top = "400px";
		});
		await until("it follows", isBelow);
		await page.evaluate(() => {
			document.querySelector("#target").style.top = `${innerHeight - 40}px`;
		});
		await until("it turns", async () => (await boxOf(tip)).bottom <= (await boxOf(anchor)).top);
		assert.equal(await page.evaluate(() => document.activeElement.localName), "body", "C36 the focus stays");
		assert.deepEqual(await errorsOf(page), []);
	});

test("C38 a tooltip waits for its anchor, then gives way, and says so; it counts as blocked, not as shown", async () => {
	const nudge = { placement: { kind: "tooltip", anchor: "#target", wait: 7 } };
	const page = await at.show(nudge);
	await waits(page);
	await page.evaluate(
		(html) => document.body.append(new DOMParser().parseFromString(html, "text/html").body.firstChild),
		target,
	);
	await card(page).waitFor();
	await page.close();
	const other = await at.show(nudge);
	await waits(other);
	await move(other, 7_000);
	await until("it says so", async () => (await at.warnings(other)).includes("nudge_anchor_missing"));
	assert.equal(await other.locator("ripen-nudge").count(), 0);
	assert.deepEqual(
		(await at.outcomes(other)).filter((outcome) => !/^(shown|exposed|ignored)/.test(outcome)),
		[],
	);
});

test("C38 where the anchor goes, the tooltip goes; where it comes back in time, it is there again", async () => {
	const page = await at.show(
		{ placement: { kind: "tooltip", anchor: "#target", wait: 7 } },
		{ html: target },
	);
	await card(page).waitFor();
	await page.evaluate(() => document.querySelector("#target").remove());
	await card(page).waitFor({ state: "hidden" });
	await page.evaluate(
		(html) => document.body.append(new DOMParser().parseFromString(html, "text/html").body.firstChild),
		target,
	);
	await card(page).waitFor();
	await page.evaluate(() => {
		document.querySelector("#target").style.display = "none";
	});
	await card(page).waitFor({ state: "hidden" });
	await waits(page);
	await move(page, 7_000);
	await gone(page);
	await at.warned(page, "nudge_anchor_gone");
	assert.deepEqual(await errorsOf(page), []);
});

test("C41 a selector that is none shows nothing, and harms nothing", async () => {
	const page = await at.show({ placement: { kind: "tooltip", anchor: ":::", wait: 0 } });
	await at.warned(page, "nudge_anchor_missing");
	assert.deepEqual(await errorsOf(page), []);
});

test("C36 a hotspot is a button with the title as its name: pressed, it tells more, and takes the focus back", async () => {
	const page = await at.show(
		{ placement: { kind: "hotspot", anchor: "#target" }, actions: [{ id: "go", track: "followed" }] },
		{ html: target },
	);
	const mark = page.getByRole("button", { name: "A hint" });
	await mark.waitFor();
	assert.equal(await mark.getAttribute("aria-expanded"), "false");
	assert.equal(await card(page).isVisible(), false);
	await mark.press("Enter");
	await card(page).waitFor();
	assert.equal(await mark.getAttribute("aria-expanded"), "true");
	await mark.press("Enter");
	await card(page).waitFor({ state: "hidden" });
	await mark.click();
	await card(page).getByRole("button", { name: "Go" }).click();
	await gone(page);
	assert.deepEqual(
		(await at.outcomes(page)).filter((outcome) => outcome !== "exposed"),
		["shown", "acted go"],
	);
});

test("a tour goes forth and back by keyboard, leaves out what is not there, and is acted on at its end", async () => {
	const steps = [
		{ id: "one" },
		{ id: "two", anchor: "#target" },
		{ id: "lost", anchor: "#lost", wait: 0 },
		{ id: "last" },
	];
	const titles = {
		one: { title: "First" },
		two: { title: "Second", body: "Here." },
		lost: { title: "Lost" },
		last: { title: "Last" },
	};
	const page = await at.show(
		{ placement: { kind: "tour" }, steps, content: { steps: titles, next: "On", done: "Done" } },
		{ html: target },
	);
	const step = (name) => page.getByRole("dialog", { name });
	await step("First").waitFor();
	await step("First").getByRole("button", { name: "On" }).focus();
	await page.keyboard.press("Enter");
	await step("Second").waitFor();
	await page.keyboard.press("Enter");
	await step("Last").waitFor();
	await at.warned(page, "nudge_anchor_missing");
	await step("Last").getByRole("button", { name: "Back" }).click();
	await step("Second").waitFor();
	await step("Second").getByRole("button", { name: "On" }).click();
	await step("Last").getByRole("button", { name: "Done" }).click();
	await gone(page);
	assert.deepEqual(
		(await at.outcomes(page)).filter((outcome) => !/^(exposed|step)/.test(outcome)),
		["shown", "acted done"],
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("next and back as actions of a nudge lead through a tour; its end is done", async () => {
	const steps = [{ id: "one" }, { id: "two" }, { id: "three" }];
	const titles = { one: { title: "First" }, two: { title: "Second" }, three: { title: "Third" } };
	const actions = [
		{ id: "on", next: true, track: "went_on" },
		{ id: "off", back: true },
	];
	const content = { steps: titles, actions: { on: "Onwards", off: "Once more" } };
	const page = await at.show({ placement: { kind: "tour" }, steps, actions, content });
	const step = (name) => page.getByRole("dialog", { name });
	const press = (at, name) => step(at).getByRole("button", { name }).press("Enter");
	await press("First", "Onwards");
	await press("Second", "Onwards");
	await press("Third", "Once more");
	await press("Second", "Once more");
	await step("First").waitFor();
	// Before the first there is none: it stays.
	await press("First", "Once more");
	for (const name of ["First", "Second", "Third"]) await press(name, "Onwards");
	await gone(page);
	assert.deepEqual(
		(await at.outcomes(page)).filter((outcome) => !/^(exposed|step)/.test(outcome)),
		["shown", "acted done"],
	);
	const of = (name) => at.collector.kept().filter(({ event }) => event === name);
	assert.equal(of("went_on").length, 5);
	assert.deepEqual(
		of("$nudge_step").map(({ properties }) => properties.step),
		["one", "two", "three", "two", "one", "two", "three"],
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("a checklist ticks itself off as signals come", async () => {
	const steps = [
		{ id: "many", signal: "events", at_least: 4 },
		{ id: "active", segment: "active", open: "#/more" },
	];
	const content = { steps: { many: { title: "Do much" }, active: { title: "Be active" } } };
	const page = await at.show({ placement: { kind: "checklist" }, steps, content });
	const list = page.getByRole("region", { name: "A hint" });
	await list.getByText("0 / 2").waitFor();
	assert.ok(await list.getByRole("link", { name: "Be active" }).isVisible());
	await page.evaluate(() => ["a", "b", "c", "d"].map((name) => window.ripen.track(name)));
	await list.getByText("1 / 2").waitFor();
	assert.equal(await list.getByRole("progressbar").evaluate((bar) => bar.value), 1);
});

test("a slot is filled where the host has it, when it comes", async () => {
	const page = await at.show({ placement: { kind: "slot", slot: "side" } });
	await page.evaluate(() => {
		const slot = document.createElement("ripen-slot");
		slot.setAttribute("name", "side");
		document.body.append(slot);
	});
	await page.locator("ripen-slot > ripen-nudge .card").waitFor();
});

test("an inline banner stands at the beginning of what it is put into", async () => {
	const other = await at.show(
		{ placement: { kind: "banner", position: "inline", anchor: "main" } },
		{ html: "<main><p>Text</p></main>" },
	);
	await other.locator("main > ripen-nudge:first-child .card").waitFor();
	await other.getByRole("button", { name: "Close" }).click();
	await gone(other);
});

test("a toast goes by itself, unanswered; not while somebody points at it", async () => {
	const page = await at.show({ placement: { kind: "toast", seconds: 10 } });
	await card(page).waitFor();
	await card(page).hover();
	await until("it is held", () =>
		page.evaluate(() => !window.clock.pending.some((ms) => ms <= 10_000 && ms > 1_000)),
	);
	await move(page, 10_000);
	assert.equal(await card(page).isVisible(), true);
	await page.mouse.move(0, 0);
	await until("it goes on", () =>
		page.evaluate(() => window.clock.pending.some((ms) => ms <= 10_000 && ms > 1_000)),
	);
	await move(page, 10_000);
	await gone(page);
	assert.deepEqual(
		(await at.outcomes(page)).filter((outcome) => outcome !== "exposed"),
		["shown", "ignored"],
	);
});

test("headless: the host draws with the words, and reports", async () => {
	const page = await at.show({
		placement: { kind: "headless" },
		content: { body: [{ strong: ["Bold"] }, " text"] },
	});
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	const said = await page.evaluate(() => {
		const [nudge] = window.seen.nudges;
		const box = document.createElement("div");
		box.append(...nudge.nodes("body"));
		nudge.report("shown");
		nudge.report("acted", { action: "go" });
		return [nudge.text("title"), nudge.text("body"), box.querySelector("strong").textContent];
	});
	assert.deepEqual(said, ["A hint", "Bold text", "Bold"]);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	assert.deepEqual(
		(await at.outcomes(page)).filter((outcome) => outcome !== "exposed"),
		["shown", "acted go"],
	);
});
