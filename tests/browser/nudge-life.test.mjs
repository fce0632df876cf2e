// What becomes of a nudge on screen whose surroundings change: it goes with them, stays where somebody is at it, and never keeps the slot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, ready, until, wasShown } from "./browser.mjs";
import { inChromiumDrawn, start, words } from "./drawn.mjs";

const at = inChromiumDrawn({ backForwardCache: true });
const card = (page) => page.locator("ripen-nudge .card");
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const move = (page, ms) => page.evaluate((ms) => window.clock.move(ms), ms);
const due = (page, nudge = "it") => page.evaluate((nudge) => window.ripen.track("due", { nudge }), nudge);
const outcomes = async (page) =>
	(await at.outcomes(page)).filter((outcome) => !/^(exposed|step)/.test(outcome));
const banner = { placement: { kind: "banner" } };
const target = '<p id="target">Target</p>';
const form = { form: { fields: [{ name: "name", type: "text" }] }, actions: [{ id: "talk", talk: true }] };
const asked = { fields: { name: "Name" }, submit: "Send", thanks: "Thanks" };

for (const [name, nudge, html] of [
	["a banner", banner],
	["a modal", { placement: { kind: "modal" } }],
	[
		"what stands in a slot",
		{ placement: { kind: "slot", slot: "here" } },
		"<ripen-slot name=here></ripen-slot>",
	],
])
	test(`C33 where the host removes ${name} from the page, it is over, and the slot is free`, async () => {
		const page = await at.show(nudge, { html });
		await card(page).waitFor();
		await wasShown(page);
		await page.evaluate(() => {
			const nudge = document.querySelector("ripen-nudge");
			(nudge.closest("ripen-slot") ?? nudge).remove();
		});
		await until("it is told", async () => (await outcomes(page)).includes("ignored"));
		await page.evaluate((html) => {
			const parsed = new DOMParser().parseFromString(html, "text/html");
			document.body.append(...parsed.body.children);
		}, html ?? "");
		await due(page);
		await card(page).waitFor();
		await wasShown(page, 2);
		assert.deepEqual(await outcomes(page), ["shown", "ignored", "shown"]);
		assert.deepEqual(await errorsOf(page), []);
	});

const steps = (...anchors) => ({
	placement: { kind: "tour" },
	steps: anchors.map((anchor, at) => ({ id: `s${at}`, anchor, wait: 7 })),
	content: { steps: Object.fromEntries(anchors.map((_, at) => [`s${at}`, { title: `Step ${at}` }])) },
});
/** It waits for an anchor, for the seven seconds that no other timer has. */
const waits = (page) => page.waitForFunction(() => window.clock.pending.includes(7_000));
const isWarned = (page) => at.warned(page, "nudge_anchor_missing");

for (const [name, nudge] of [
	["a tooltip", { placement: { kind: "tooltip", anchor: "#target", wait: 7 } }],
	["a tour", steps("#target", "#target")],
])
	test(`C38 what ${name} points at goes while a dialog of the host's is open: it is not shown, and not told as shown`, async () => {
		const page = await at.show(nudge, {
			html: target,
			before: () => {
				const dialog = document.createElement("dialog");
				document.body.append(dialog);
				dialog.showModal();
			},
		});
		await page.waitForFunction(() => window.seen.nudges.length === 1);
		await page.evaluate(() => {
			document.querySelector("#target").remove();
			document.querySelector("dialog").close();
		});
		await waits(page);
		assert.deepEqual(await outcomes(page), []);
		await move(page, 7_000);
		await isWarned(page);
		assert.deepEqual(await outcomes(page), []);
		assert.equal(await page.locator("ripen-nudge").count(), 0);
		assert.deepEqual(await errorsOf(page), []);
	});

test("C38 a tour goes back to a step that is gone: the one on screen stays, and goes when its own is gone", async () => {
	const page = await at.show(steps("#target", "#other"), { html: `${target}<p id="other">Other</p>` });
	const step = (name) => page.getByRole("dialog", { name });
	await step("Step 0").getByRole("button", { name: "Next" }).click();
	await step("Step 1").waitFor();
	await page.evaluate(() => document.querySelector("#target").remove());
	await step("Step 1").getByRole("button", { name: "Back" }).click();
	await waits(page);
	await move(page, 7_000);
	await isWarned(page);
	assert.ok(await step("Step 1").isVisible());
	assert.equal(await page.locator("ripen-nudge .ring").count(), 1);
	await page.evaluate(() => document.querySelector("#other").remove());
	await waits(page);
	await move(page, 7_000);
	await gone(page);
	assert.deepEqual(await outcomes(page), ["shown", "ignored"]);
	assert.deepEqual(await errorsOf(page), []);
});

test("a tour whose last step never comes is not acted on; while it is looked for, the one before stays", async () => {
	const page = await at.show(steps("#target", "#never"), { html: target });
	const step = page.getByRole("dialog", { name: "Step 0" });
	await step.getByRole("button", { name: "Next" }).click();
	await waits(page);
	assert.ok(await step.isVisible());
	await move(page, 7_000);
	await gone(page);
	assert.deepEqual(await outcomes(page), ["shown", "ignored"]);
	assert.deepEqual(await errorsOf(page), []);
});

const talking = async (nudge, html) => {
	const page = await at.show({ ...nudge, ...form, content: asked }, { html });
	await page.getByRole("button", { name: "Talk to us" }).click();
	await page.locator("dialog input").fill("half a na");
	await page.mouse.move(1, 1);
	return page;
};

test("a toast stays while somebody is in the form it led to, and goes on when they have done", async () => {
	const page = await talking({ placement: { kind: "toast", seconds: 10 } });
	await until("it is held", () =>
		page.evaluate(() => !window.clock.pending.some((ms) => ms <= 10_000 && ms > 1_000)),
	);
	await move(page, 11_000);
	assert.equal(await page.locator("dialog input").inputValue(), "half a na");
	await page.locator("dialog").getByRole("button", { name: "Close" }).click();
	await page.evaluate(() => document.querySelector("ripen-nudge").shadowRoot.activeElement?.blur());
	await until("it goes on", () =>
		page.evaluate(() => window.clock.pending.some((ms) => ms <= 10_000 && ms > 1_000)),
	);
	await move(page, 10_000);
	await gone(page);
	assert.deepEqual(await outcomes(page), ["shown", "ignored"]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C38 what a tooltip points at goes while somebody is in the form it led to: it goes when they have done", async () => {
	const page = await talking({ placement: { kind: "tooltip", anchor: "#target", wait: 7 } }, target);
	await page.evaluate(() => document.querySelector("#target").remove());
	await waits(page);
	await move(page, 7_000);
	await at.warned(page, "nudge_anchor_gone");
	assert.equal(await page.locator("dialog input").inputValue(), "half a na");
	await page.getByRole("button", { name: "Send" }).click();
	await page.locator("dialog").getByText("Thanks").waitFor();
	await page.locator("dialog").getByRole("button", { name: "Close" }).click();
	await gone(page);
	assert.deepEqual(await outcomes(page), ["shown", "acted submit"]);
	assert.deepEqual(await errorsOf(page), []);
});

/** A page of three nudges, of which the host draws the first. */
const threeNudges = async () => {
	const nudge = (kind, title) => ({
		purpose: "help",
		placement: { kind },
		content: { en: { ...words, title } },
	});
	at.collector.playbook = JSON.stringify({
		nudges: {
			own: { ...nudge("headless", "Own"), ignoreAfter: 5 },
			first: nudge("banner", "First"),
			second: nudge("banner", "Second"),
		},
	});
	const page = await at.open({ clock: start });
	await ready(page);
	await due(page, "own");
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	return page;
};
const report = (page, outcome) => page.evaluate((outcome) => window.seen.nudges[0].report(outcome), outcome);
const region = (page, name) => page.getByRole("region", { name });
const decided = (page, count) =>
	page.waitForFunction((count) => window.seen.decisions.length >= count, count);

test("C33 what the host draws keeps the slot though it was ignored, until it says how it ended", async () => {
	const page = await threeNudges();
	await report(page, "shown");
	await move(page, 5_000);
	await until("it is ignored", async () => (await outcomes(page)).includes("ignored"));
	await due(page, "first");
	await decided(page, 2);
	assert.equal(await page.evaluate(() => window.seen.decisions[1].won), null);
	await report(page, "dismissed");
	await due(page, "second");
	await region(page, "Second").waitFor();
	assert.equal(await page.locator("ripen-nudge").count(), 1);
	assert.deepEqual(await outcomes(page), ["shown", "ignored", "dismissed", "shown"]);
});

for (const isCounted of [false, true])
	test(`C33 what the host says has gone unanswered has left the slot${isCounted ? ", counted by Ripen before" : ""}`, async () => {
		const page = await threeNudges();
		await report(page, "shown");
		if (isCounted) {
			await move(page, 5_000);
			await until("it is ignored", async () => (await outcomes(page)).includes("ignored"));
		}
		await report(page, "ignored");
		await due(page, "first");
		await region(page, "First").waitFor();
		await wasShown(page, 2);
		await report(page, "ignored");
		assert.equal(await region(page, "First").isVisible(), true, "said again, it takes nothing away");
		assert.deepEqual(await outcomes(page), ["shown", "ignored", "shown"]);
	});

test("C33 what the host shows too late is over: another one has the slot, and keeps it", async () => {
	const page = await threeNudges();
	await due(page, "first");
	await region(page, "First").waitFor();
	await report(page, "shown");
	assert.equal(await page.evaluate(() => window.seen.nudges[0].signal.aborted), true);
	await report(page, "dismissed");
	await due(page, "second");
	await decided(page, 3);
	assert.equal(await page.locator("ripen-nudge").count(), 1);
	assert.deepEqual(await outcomes(page), ["shown"]);
	assert.deepEqual(await errorsOf(page), []);
});

/** An overlay of the host's, as most are: no `<dialog>`. */
const overlay = () => {
	const overlay = document.createElement("div");
	overlay.id = "overlay";
	overlay.setAttribute("aria-modal", "true");
	overlay.style = "position: fixed; inset: 0; background: #fff";
	document.body.append(overlay);
};

for (const [name, nudge] of [
	["a slide-out", { placement: { kind: "slide_out" } }],
	["a tooltip", { placement: { kind: "tooltip", anchor: "#target" } }],
])
	test(`C35 while an overlay of the host's is open, ${name} is not over it, and is there again after it`, async () => {
		const page = await at.show(nudge, { html: target });
		await card(page).waitFor();
		await wasShown(page);
		await page.evaluate(overlay);
		await card(page).waitFor({ state: "hidden" });
		// It fades away: nothing in the page changes when it is gone.
		await page.evaluate(() => {
			document.querySelector("#overlay").style.transition = "visibility 0.1s";
			document.querySelector("#overlay").style.visibility = "hidden";
		});
		await card(page).waitFor();
		assert.deepEqual(await outcomes(page), ["shown"]);
		assert.deepEqual(await errorsOf(page), []);
	});

test("C35 a modal nudge stays over an overlay of the host's: nothing else could be used while it is open", async () => {
	const page = await at.show({ placement: { kind: "modal" } });
	await card(page).waitFor();
	await page.evaluate(overlay);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
	await gone(page);
});

test("C35 a nudge waits for a modal dialog in a shadow tree of the host's", async () => {
	const page = await at.show(banner, {
		before: () => {
			const component = document.createElement("x-dialog");
			const dialog = document.createElement("dialog");
			component.attachShadow({ mode: "open" }).append(dialog);
			document.body.append(component);
			dialog.showModal();
		},
	});
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	await page.evaluate(() => document.querySelector("x-dialog").shadowRoot.querySelector("dialog").close());
	await card(page).waitFor();
	assert.deepEqual(await errorsOf(page), []);
});

for (const style of ["visibility: hidden", "opacity: 0"])
	test(`C35 an overlay that is always in the page is in nobody's way while nobody sees it (${style})`, async () => {
		const page = await at.show(banner, {
			before: `(${overlay})(); document.querySelector("#overlay").style = "position: fixed; ${style}"`,
		});
		await card(page).waitFor();
	});

test("a nudge is not printed with the page", async () => {
	const page = await at.show({ placement: { kind: "modal" } });
	await card(page).waitFor();
	await page.emulateMedia({ media: "print" });
	assert.equal(await card(page).isVisible(), false);
});

test("C38 a slot in a panel that is closed is waited for: nothing is told as shown that nobody sees", async () => {
	const page = await at.show(
		{ placement: { kind: "slot", slot: "here" } },
		{ html: '<div id="panel" style="display:none"><ripen-slot name="here"></ripen-slot></div>' },
	);
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.waitForFunction(() => window.clock.pending.includes(10_000));
	assert.deepEqual(await outcomes(page), []);
	await page.evaluate(() => {
		document.querySelector("#panel").style.display = "block";
	});
	await card(page).waitFor();
});

test("C12 a checklist that cannot be drawn again does not take the engine with it", async () => {
	const page = await at.show({
		placement: { kind: "checklist" },
		steps: [{ id: "one", signal: "x" }],
		content: { steps: { one: { title: "One" } } },
	});
	await card(page).waitFor();
	await page.evaluate(() => {
		const bar = document.querySelector("ripen-nudge").shadowRoot.querySelector("progress");
		Object.defineProperty(bar, "value", {
			set() {
				throw new Error("broken");
			},
		});
		window.ripen.track("a");
	});
	await at.warned(page, "nudge_failed");
	assert.equal(await page.evaluate(() => window.ripen.health().engine), "ready");
	assert.deepEqual(await errorsOf(page), []);
});

test("C24 whoever signs out as a nudge is shown does not leave it behind", async () => {
	const page = await at.show(banner, {
		before: () => {
			window.ripen.on("event", ({ event }) => {
				if (event !== "$nudge_shown") return;
				window.ripen.reset();
				window.wasShown = true;
			});
		},
	});
	await page.waitForFunction(() => window.wasShown);
	await gone(page);
	assert.deepEqual(await errorsOf(page), []);
});

test("C31 who is busy with a nudge does not ignore it", async () => {
	const page = await at.show({
		placement: { kind: "modal" },
		form: form.form,
		content: asked,
		ignoreAfter: 60,
	});
	await page.getByRole("dialog").locator("input").fill("a name");
	await move(page, 61_000);
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByText("Thanks").waitFor();
	assert.deepEqual(await outcomes(page), ["shown", "acted submit"]);
});

test("C38 the card of a hotspot goes with what the mark was at", async () => {
	const page = await at.show(
		{ placement: { kind: "hotspot", anchor: "#target", wait: 7 } },
		{ html: target },
	);
	await page.getByRole("button", { name: "A hint" }).click();
	await card(page).waitFor();
	await page.evaluate(() => document.querySelector("#target").remove());
	await card(page).waitFor({ state: "hidden" });
	await waits(page);
	await move(page, 7_000);
	await gone(page);
	assert.deepEqual(await errorsOf(page), []);
});

for (const [name, fails, nudge] of [
	["a tooltip", "checkVisibility", { placement: { kind: "tooltip", anchor: "#target" } }],
	[
		"a step of a tour",
		"scrollIntoView",
		{
			placement: { kind: "tour" },
			steps: [{ id: "one" }, { id: "two", anchor: "#target" }],
			content: { steps: { one: { title: "One" }, two: { title: "Two" } } },
		},
	],
])
	test(`C12 C41 ${name} that can do no more, since the page's own code fails, goes unanswered and says so; the next has its turn`, async () => {
		const page = await at.show(nudge, { html: target });
		await card(page).waitFor();
		await wasShown(page);
		await page.evaluate((fails) => {
			document.querySelector("#target")[fails] = () => {
				throw new Error("the host's mistake");
			};
			document.querySelector("#target").title = "changed";
			document.querySelector("ripen-nudge").shadowRoot.querySelector("[part~=next]")?.click();
		}, fails);
		await gone(page);
		assert.deepEqual(await outcomes(page), ["shown", "ignored"]);
		await at.warned(page, "nudge_failed");
		assert.deepEqual(await errorsOf(page), []);
		await page.evaluate(() => document.querySelector("#target").remove());
		await page.evaluate(() => window.ripen.track("due", { nudge: "it" }));
		await until(
			"the slot is free",
			async () => (await page.evaluate(() => window.seen.decisions.at(-1).won)) === "it",
		);
	});

test("C41 the overlay of whoever looks why opens in a language that is none", async () => {
	const page = await at.show(banner, { locale: "pt_BR" });
	await page.waitForFunction(() => window.seen.decisions.length === 1);
	await page.evaluate(() => window.ripen.debug());
	await page.locator("ripen-debug").getByText("What was considered").waitFor();
	await page.locator("ripen-debug li").first().waitFor();
	assert.deepEqual(await errorsOf(page), []);
});
