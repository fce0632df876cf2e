// What a form says that it sends, what is sent, and what the user is told of it, where nothing else leaves the browser
// and where nothing can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumDrawn } from "./drawn.mjs";

const at = inChromiumDrawn();
const talk = {
	placement: { kind: "banner" },
	actions: [{ id: "talk", talk: true }],
	form: { fields: [{ name: "email", type: "email" }] },
	content: { fields: { email: "E-mail" }, submit: "Send", thanks: "Thank you.", kept: "Kept for now." },
};
const ask = {
	placement: { kind: "ask" },
	question: { type: "text", talk: true },
	content: { submit: "Send", thanks: "Thank you.", kept: "Kept for now.", talk: "You may write to me" },
};
const form = {
	"talk dialog": [
		talk,
		async (page) => {
			await page.getByRole("button", { name: "Talk to us" }).click();
			const dialog = page.getByRole("dialog");
			await dialog.getByLabel("E-mail").fill("ada@example.com");
			return dialog;
		},
		{ email: "ada@example.com" },
	],
	question: [
		ask,
		async (page) => {
			const card = page.getByRole("region", { name: "A hint" });
			await card.getByRole("textbox").fill("More colours");
			await card.getByLabel("You may write to me").check();
			return card;
		},
		{ answer: "More colours" },
	],
};
const leads = () => at.collector.kept().filter(({ event }) => event === "$lead_submitted");
const arrive = (page) =>
	until("it arrives", async () => {
		await page.evaluate(() => window.ripen.flush());
		return leads().length === 1;
	});
/** What follows from events is for the collector in this mode. */
const conclusions = { off: /^$/, signals: /^\$(stage_changed|moment_fired|digest|nudge_\w+)$/ };

for (const mode of ["signals", "off"])
	for (const [name, [nudge, fill, fields]] of Object.entries(form))
		test(`C42 in mode ${mode} the ${name} says what is sent with it, word by word, and no more is sent`, async () => {
			const page = await at.show(nudge, { mode });
			await page.evaluate(() => ["one", "two"].map((name) => window.ripen.track(name, { secret: 1 })));
			// What is said counts them, and that it is shown: it is what is sent only where nothing comes in between.
			await page.waitForFunction(() => window.ripen.view()?.signals.events === 4);
			const box = await fill(page);
			await box.getByText("What is sent with it").click();
			await box.locator("dd").first().waitFor();
			const said = await box
				.locator("dl")
				.evaluate((list) =>
					Object.fromEntries(
						[...list.querySelectorAll("dt")].map((name) => [
							name.textContent,
							name.nextElementSibling.textContent,
						]),
					),
				);
			await box.getByRole("button", { name: "Send" }).click();
			await box.getByText("Thank you.").waitFor();
			await arrive(page);
			const [{ properties, anonymousId, userId, context }] = leads();
			const { reasons, ...rest } = properties;
			assert.deepEqual(rest, { nudge: "it", fields, ...(said.variant && { variant: said.variant }) });
			const asSaid = (value) => (typeof value === "string" ? value : JSON.stringify(value));
			const sent = { person: userId ?? anonymousId, nudge: "it", ...reasons };
			assert.deepEqual(
				said,
				Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, asSaid(value)])),
			);
			assert.ok(Object.keys(reasons).includes("stages"), "why they were asked");
			assert.equal(context.page, undefined, "nor where they were");
			const others = at.collector.events.map(({ event, type }) => event ?? type);
			const more = others.filter((name) => name !== "$lead_submitted" && !conclusions[mode].test(name));
			assert.deepEqual(more, []);
			assert.ok(!JSON.stringify(at.collector.requests).includes("secret"));
			assert.deepEqual(await errorsOf(page), []);
		});

for (const [name, [nudge, fill]] of Object.entries(form))
	test(`given no collector, the ${name} says that it was received and is kept, and it arrives later, once`, async () => {
		const page = await at.show(nudge);
		await page.evaluate(() => window.ripen.flush());
		at.collector.down = true;
		const box = await fill(page);
		await box.getByRole("button", { name: "Send" }).click();
		await box.getByText("Thank you.").waitFor();
		await box.getByText("Kept for now.").waitFor();
		const heard = await box
			.getByText("Kept for now.")
			.evaluate((said) => said.closest("[role=status]") !== null);
		assert.equal(heard, true, "who does not see it hears it");
		at.collector.down = false;
		await page.evaluate(() => window.clock.move(60_000));
		await arrive(page);
		await page.evaluate(() => window.ripen.flush());
		assert.equal(leads().length, 1);
		assert.deepEqual(await errorsOf(page), []);
	});
