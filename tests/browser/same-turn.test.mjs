// What a host does in the turn in which it hears of something: it signs somebody in and routes, it triggers, it routes by an answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { banner, inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const on = { event: "due" };
const due = (page) => page.evaluate(() => window.ripen.track("due"));
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
/** What was told of nudges, in turn: which, that it was considered, and what became of it. */
const told = async (page) => {
	await page.evaluate(() => window.ripen.flush());
	return at
		.kept()
		.filter(({ event }) => event?.startsWith("$nudge_"))
		.map(({ event, properties: { nudge, verdict, by, action } }) =>
			[nudge, event.slice("$nudge_".length), verdict, by, action].filter(Boolean).join(" "),
		);
};
const noErrors = async (page) => assert.deepEqual(await page.evaluate(() => window.seen.errors), []);

test("C12 a host that triggers whenever the view changes does not take the engine with it", async () => {
	const page = await at.enter(
		{ signals: { tasks: { count: "task" } }, nudges: { it: nudge({ on: { call: "now" } }) } },
		{ person: "ada" },
	);
	await page.evaluate(() => {
		window.ripen.on("change", () => window.ripen.trigger("now"));
		window.ripen.track("task");
	});
	await banner(page).waitFor();
	assert.equal(await page.evaluate(() => window.ripen.health().engine), "ready");
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
	await noErrors(page);
});

test("C24 C32 who signs in, and is led on, keeps what is on screen: it is the same person", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await due(page);
	await banner(page).waitFor();
	await page.evaluate(() => {
		window.ripen.identify("u1");
		history.pushState({}, "", `/home${location.search}`);
	});
	await page.waitForFunction(() => window.ripen.view()?.person === "u1");
	assert.deepEqual(await told(page), ["it exposed won", "it shown"]);
	assert.ok(await banner(page).isVisible());
	await noErrors(page);
});

const plans = { "page.hash": "#/plans" };
const checkout = { "page.hash": "#/checkout" };
for (const [what, isTracked] of [
	["a route", false],
	["a click that is tracked, and a route", true],
])
	test(`C32 C39 given ${what}, then what comes is not blocked by what leaves in the same turn`, async () => {
		const second = nudge({
			on: "load",
			when: checkout,
			content: { en: { title: "Second", actions: { go: "Go", later: "Later" } } },
		});
		const page = await at.enter(
			{ nudges: { first: nudge({ on, when: plans }), second } },
			{ path: "/#/plans", person: "ada" },
		);
		await due(page);
		await banner(page).waitFor();
		await page.evaluate((isTracked) => {
			if (isTracked) window.ripen.track("clicked");
			history.pushState({}, "", `${location.search}#/checkout`);
		}, isTracked);
		await page.getByRole("region", { name: "Second" }).waitFor();
		const exposed = (await told(page)).filter((each) => each.includes("exposed"));
		assert.deepEqual(exposed, [
			"second exposed blocked when",
			"first exposed won",
			"first exposed blocked when",
			"second exposed won",
		]);
		await noErrors(page);
	});

test("C32 who sends a form sees that it was received, though the host routes as it hears of it", async () => {
	const content = {
		en: { title: "Talk", fields: { name: "Name" }, submit: "Send", thanks: "Thanks.", consent: "C" },
	};
	const form = { fields: [{ name: "name", type: "text", prefill: "user.name" }] };
	const it = nudge({
		purpose: "talk",
		on,
		when: plans,
		placement: { kind: "slide_out" },
		content,
		form,
		actions: [],
	});
	const page = await at.enter({ nudges: { it } }, { path: "/#/plans", person: "ada" });
	await page.evaluate(() => {
		window.ripen.on("event", ({ event }) => {
			if (event === "$nudge_acted") history.pushState({}, "", `${location.search}#/thanks`);
		});
		window.ripen.track("due");
	});
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByText("Thanks.", { exact: true }).waitFor();
	assert.deepEqual(await told(page), ["it exposed won", "it shown", "it acted submit"]);
	assert.ok(await page.getByText("Thanks.", { exact: true }).isVisible());
	await noErrors(page);
});

for (const [how, follow] of [
	["a script", (link) => link.evaluate((link) => link.click())],
	["a mouse", (link) => link.click()],
	["a keyboard", (link) => link.press("Enter")],
])
	test(`C31 C32 given ${how} that follows a link whose address ends its moment, then it is answered all the same`, async () => {
		const content = { en: { title: "A hint", actions: { go: "Go" } } };
		const it = nudge({ on, content, when: plans, actions: [{ id: "go", open: "#/next" }] });
		const page = await at.enter({ nudges: { it } }, { path: "/#/plans", person: "ada" });
		await due(page);
		const link = banner(page).getByRole("link", { name: "Go" });
		await link.waitFor();
		await follow(link);
		await gone(page);
		assert.deepEqual(await told(page), ["it exposed won", "it shown", "it acted go"]);
		assert.equal(await page.evaluate(() => location.hash), "#/next");
		await noErrors(page);
	});
