// What the buttons of a nudge do: the host's functions, a checkout, a trait, the form, what can be passed on, the answer to a question.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumDrawn, words } from "./drawn.mjs";
import { listen } from "./gallery.mjs";

const at = inChromiumDrawn();
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const button = (page, name) => page.getByRole("button", { name });
const banner = { placement: { kind: "banner" } };
const answered = async (page) => (await at.outcomes(page)).filter((outcome) => outcome !== "exposed");
const named = (name) => at.collector.kept().filter(({ event }) => event === name);

test("C12 call: the host's function is told of whom and what; one that throws harms nothing, one that is not there is left out", async () => {
	const actions = [
		{ id: "go", call: "open_plans", track: "followed" },
		{ id: "later", call: "not_there" },
	];
	const page = await at.show({ ...banner, actions }, { does: ["open_plans"] });
	await at.warned(page, "nudge_action_unknown");
	await button(page, "Go").click();
	await gone(page);
	const [{ name, context }] = await page.evaluate(() => window.called);
	assert.deepEqual(
		[name, context.nudge, context.action, context.view.stages.journey],
		["open_plans", "it", "go", "new"],
	);
	await at.warned(page, "nudge_action_failed");
	assert.deepEqual(await at.warnings(page), ["nudge_action_unknown", "nudge_action_failed"]);
	assert.deepEqual(await answered(page), ["shown", "acted go"]);
	assert.equal(named("followed").length, 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("checkout: what was recorded is with the collector before the host leaves the page; pressed twice it is meant once", async () => {
	const actions = [{ id: "go", checkout: "start_checkout" }];
	const page = await at.show({ ...banner, actions }, { does: ["start_checkout"] });
	await button(page, "Go").evaluate((button) => {
		button.click();
		button.click();
	});
	await gone(page);
	const called = await page.evaluate(() => window.called);
	assert.equal(called.length, 1);
	assert.equal(called[0].waiting, 0, "nothing waited to be sent when the host was called");
	assert.deepEqual(await answered(page), ["shown", "acted go"]);
});

test("checkout: a collector that never answers holds nobody up for longer than three seconds", async () => {
	const actions = [{ id: "go", checkout: "start_checkout" }];
	const page = await at.show({ ...banner, actions }, { does: ["start_checkout"] });
	await button(page, "Go").waitFor();
	await page.evaluate(() => window.ripen.flush());
	at.collector.held = /batch/;
	await button(page, "Go").click();
	await page.waitForFunction(() => window.clock.pending.includes(3_000));
	await page.evaluate(() => window.clock.move(3_000));
	await page.waitForFunction(() => window.called?.length === 1);
	await gone(page);
});

test("apply: a trait of the person, like any other", async () => {
	const page = await at.show({ ...banner, actions: [{ id: "go", apply: { role: "founder" } }] });
	await button(page, "Go").click();
	await gone(page);
	await page.waitForFunction(() => window.ripen.view()?.traits.user.role === "founder");
	assert.deepEqual(await answered(page), ["shown", "acted go"]);
});

test("talk: from a banner to the form and back; sent, it is received, once, and the nudge is acted on", async () => {
	const content = { fields: { email: "E-mail" }, submit: "Send", thanks: "Thank you." };
	const form = { fields: [{ name: "email", type: "email", required: true }] };
	const page = await at.show({ ...banner, actions: [{ id: "talk", talk: true }], form, content });
	await button(page, "Talk to us").click();
	const dialog = page.getByRole("dialog", { name: "A hint" });
	await dialog.getByLabel("E-mail").waitFor();
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await button(page, "Talk to us").press("Enter");
	await dialog.getByLabel("E-mail").fill("ada@example.com");
	await page.keyboard.press("Enter");
	await dialog.getByText("Thank you.").waitFor();
	await page.keyboard.press("Escape");
	await gone(page);
	assert.deepEqual(await answered(page), ["shown", "acted submit"]);
	assert.deepEqual(
		named("$lead_submitted").map(({ properties }) => properties.fields),
		[{ email: "ada@example.com" }],
	);
});

test("talk by a callback of the host's, or by a scheduling link: the lead is kept all the same", async () => {
	const page = await at.show(
		{ ...banner, actions: [{ id: "talk", talk: true }], form: { call: "chat" } },
		{ does: ["chat"] },
	);
	await button(page, "Talk to us").click();
	await gone(page);
	assert.equal((await page.evaluate(() => window.called))[0].name, "chat");
	await answered(page);
	assert.equal(named("$lead_submitted")[0].properties.nudge, "it");
});

test("talk by a link opens a page of its own, which knows nothing of this one", async () => {
	const form = { schedule: "https://calendar.example/team" };
	const page = await at.show({ ...banner, actions: [{ id: "talk", talk: true }], form });
	const link = page.getByRole("link", { name: "Talk to us" });
	await link.waitFor();
	assert.deepEqual(await link.evaluate(({ href, target, rel }) => [href, target, rel]), [
		"https://calendar.example/team",
		"_blank",
		"noopener noreferrer",
	]);
	await link.evaluate((link) => {
		link.addEventListener("click", (event) => event.preventDefault());
		link.click();
	});
	await gone(page);
	await answered(page);
	assert.equal(named("$lead_submitted").length, 1);
});

test("C42 in mode off the form says what it sends, only that leaves, and offline it says that it is kept", async () => {
	const content = {
		fields: { email: "E-mail" },
		submit: "Send",
		thanks: "Thank you.",
		kept: "Kept until you are online.",
	};
	const form = { fields: [{ name: "email", type: "email" }] };
	const page = await at.show({ placement: { kind: "modal" }, form, content }, { mode: "off" });
	const dialog = page.getByRole("dialog", { name: "A hint" });
	await dialog.getByText("What is sent with it").click();
	await dialog.getByText('{"journey":"new"}').waitFor();
	at.collector.down = true;
	await dialog.getByLabel("E-mail").fill("ada@example.com");
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByText("Thank you.").waitFor();
	await dialog.getByText("Kept until you are online.").waitFor();
	at.collector.down = false;
	await page.evaluate(() => window.clock.move(60_000));
	await until("it arrives", async () => {
		await page.evaluate(() => window.ripen.flush());
		return named("$lead_submitted").length === 1;
	});
	assert.deepEqual([...new Set(at.collector.events.map(({ event }) => event))], ["$lead_submitted"]);
	assert.equal(named("$lead_submitted")[0].properties.reasons.stages.journey, "new");
});

test("share: what the team has done, on the clipboard or as a mail, with its numbers in it", async () => {
	const share = {
		title: "What we did",
		body: [
			{ of: "signals.events", as: "plural", or: "", forms: { one: "# task", other: "# tasks" } },
			" so far, of ",
			{ a: ["the plan"], href: "https://cairn.example/plan" },
		],
	};
	const actions = [
		{ id: "go", share: "copy" },
		{ id: "later", share: "mail" },
	];
	await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
	const page = await at.show({ ...banner, actions, content: { share, copied: "Copied" } });
	const mail = page.getByRole("link", { name: "Later" });
	const rest = " so far, of the plan\nhttps://cairn.example/plan";
	assert.equal(
		await mail.getAttribute("href"),
		`mailto:?subject=What%20we%20did&body=${encodeURIComponent(`1 task${rest}`.replace("\n", "\r\n"))}`,
	);
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 2);
	await button(page, "Go").click();
	await button(page, "Copied").waitFor();
	assert.equal(
		await page.evaluate(() => navigator.clipboard.readText()),
		`What we did\n\n2 tasks${rest}`,
		"the nudge itself counts here",
	);
	assert.deepEqual(await answered(page), ["shown", "acted go"]);
});

for (const kind of ["banner", "modal"])
	test(`C36 share: in a ${kind}, who does not see the button hears once that it was copied`, async () => {
		await at.context.grantPermissions(["clipboard-read", "clipboard-write"]);
		const page = await at.show(
			{
				placement: { kind },
				actions: [{ id: "go", share: "copy" }],
				content: { share: { title: "What we did" }, copied: "Copied" },
			},
			{ due: false },
		);
		await listen(page);
		await page.evaluate(() => window.ripen.track("due", { nudge: "it" }));
		await button(page, "Go").focus();
		await page.keyboard.press("Enter");
		await button(page, "Copied").waitFor();
		await page.waitForFunction(() => window.said.includes("Copied"));
		assert.deepEqual(
			(await page.evaluate(() => window.said)).filter((text) => text === "Copied"),
			["Copied"],
		);
		// What is outside of a modal dialog is inert, and not heard.
		const isHeard = await page.evaluate(() => {
			const { shadowRoot } = document.querySelector("ripen-nudge");
			const live = [...shadowRoot.querySelectorAll("[role=status]")].find(
				(each) => each.textContent === "Copied",
			);
			const modal = shadowRoot.querySelector("dialog:modal");
			return !modal || modal.contains(live);
		});
		assert.equal(isHeard, true);
		assert.deepEqual(await answered(page), ["shown", "acted go"]);
	});

for (const [what, question, answer, recorded] of [
	["a scale", { type: "scale", from: 0, to: 10 }, (card) => card.getByLabel("9", { exact: true }).check(), 9],
	[
		"a choice",
		{ type: "choice", options: ["price", "time"] },
		(card) => card.getByLabel("The price").check(),
		"price",
	],
	[
		"several",
		{ type: "choice", several: true, options: ["price", "time"] },
		(card) => card.getByLabel("time").check(),
		["time"],
	],
	["text", { type: "text" }, (card) => card.getByRole("textbox").fill("More colours"), "More colours"],
])
	test(`ask: the answer to ${what} is an event, and a lead only where that is wanted`, async () => {
		const content = {
			submit: "Send",
			thanks: "Thanks!",
			talk: "Talk to me",
			options: { question: { price: "The price" } },
			actions: words.actions,
		};
		const page = await at.show({
			purpose: "ask",
			placement: { kind: "ask" },
			question: { ...question, talk: true },
			content,
		});
		const card = page.getByRole("region", { name: "A hint" });
		await card.getByRole("button", { name: "Send" }).click();
		await answer(card);
		if (what === "text") await card.getByLabel("Talk to me").check();
		await card.getByRole("button", { name: "Send" }).click();
		await card.getByText("Thanks!").waitFor();
		assert.deepEqual(await answered(page), ["shown", "answered", "acted submit"]);
		assert.deepEqual(named("$nudge_answered")[0].properties.answer, recorded);
		assert.equal(named("$lead_submitted").length, what === "text" ? 1 : 0);
		assert.deepEqual(await errorsOf(page), []);
	});

test("a form has its own ids: fields may be called as anything is here, twice, and are labelled; it fits into an event", async () => {
	const names = ["title", "remove", "submit", "elements", "a b"];
	const fields = [
		...names.map((name) => ({ name, type: "text" })),
		...["l1", "l2", "l3"].map((name) => ({ name, type: "long_text" })),
	];
	const content = {
		fields: Object.fromEntries(fields.map(({ name }) => [name, `The ${name}`])),
		submit: "Send",
		thanks: "Thanks",
	};
	const page = await at.show({
		placement: { kind: "modal" },
		form: { fields },
		actions: [{ id: "talk", talk: true }],
		content,
	});
	await button(page, "Talk to us").click();
	const dialog = page.getByRole("dialog").last();
	for (const { name, type } of fields) {
		const field = dialog.getByLabel(`The ${name}`);
		// As much as it takes, of signs that take three bytes.
		await field.evaluate((field) => {
			field.value = "€".repeat(field.maxLength);
		});
		if (type === "long_text") assert.ok(await field.evaluate(({ maxLength }) => maxLength >= 1_000));
	}
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByText("Thanks").waitFor();
	await answered(page);
	assert.equal(named("$lead_submitted").length, 1);
	assert.deepEqual(
		Object.keys(named("$lead_submitted")[0].properties.fields),
		fields.map(({ name }) => name),
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("what is typed into a nudge is no shortcut of the host's; Escape still closes", async () => {
	const page = await at.show(
		{ purpose: "ask", placement: { kind: "ask" }, question: { type: "text" }, content: { submit: "Send" } },
		{
			before: () => {
				window.keys = "";
				addEventListener("keydown", ({ key }) => {
					window.keys += key;
				});
			},
		},
	);
	await page.getByRole("textbox").pressSequentially("gs");
	assert.equal(await page.evaluate(() => window.keys), "");
	await page.keyboard.press("Escape");
	await gone(page);
	assert.deepEqual(await answered(page), ["shown", "dismissed close"]);
});

test("C42 where no form can say what leaves with it, outside of `events` only the wish leaves", async () => {
	const page = await at.show(
		{ ...banner, actions: [{ id: "talk", talk: true }], form: { call: "chat" } },
		{ does: ["chat"], mode: "off" },
	);
	await button(page, "Talk to us").click();
	await gone(page);
	await answered(page);
	assert.deepEqual(named("$lead_submitted")[0].properties.reasons, {});
});

test("share: where the clipboard refuses, the text is there to be copied by hand", async () => {
	const content = { share: { title: "What we did", body: "Much" } };
	const page = await at.show(
		{ ...banner, actions: [{ id: "go", share: "copy" }], content },
		{
			before: () => {
				navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
			},
		},
	);
	await button(page, "Go").click();
	assert.equal(await page.getByRole("textbox", { name: "What we did" }).inputValue(), "What we did\n\nMuch");
	await at.warned(page, "nudge_share_failed");
	assert.deepEqual(await at.warnings(page), ["nudge_share_failed"]);
});

test("C40 pictures come from the page's own origin and from those that the host allows, keep their place, and load late", async () => {
	const image = { src: "/favicon.svg", alt: "A cairn", width: 320, height: 200 };
	const page = await at.show({ ...banner, content: { image } });
	const picture = page.getByRole("img", { name: "A cairn" });
	await picture.waitFor({ state: "attached" });
	assert.deepEqual(
		await picture.evaluate(({ loading, width, height, referrerPolicy }) => [
			loading,
			width > 0,
			height > 0,
			referrerPolicy,
		]),
		["lazy", true, true, "no-referrer"],
	);
});

for (const [images, count] of [
	[undefined, 0],
	[["https://images.example"], 1],
])
	test(`C40 a picture of another origin is ${count ? "drawn where it is allowed" : "left out, and that is said"}`, async () => {
		const image = { src: "https://images.example/a.png", alt: "A cairn", width: 3, height: 2 };
		const page = await at.show({ ...banner, content: { image } }, { images });
		await page.locator("ripen-nudge .card").waitFor();
		assert.equal(await page.locator("ripen-nudge img").count(), count);
		if (!count) await at.warned(page, "nudge_image_refused");
		assert.deepEqual(await at.warnings(page), count ? [] : ["nudge_image_refused"]);
	});
