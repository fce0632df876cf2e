import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready } from "./browser.mjs";
import { close, furnish, listen, playbook, show } from "./gallery.mjs";

const at = inChromium();
const begin = async () => {
	at.collector.playbook = playbook;
	const page = await at.open();
	await ready(page);
	await page.emulateMedia({ reducedMotion: "reduce" });
	await furnish(page);
	await listen(page);
	return page;
};
/** What has the focus: by its part or class in a nudge, by its id or text in the page. */
const focus = (page) =>
	page.evaluate(() => {
		const { activeElement } = document;
		const inside = activeElement.shadowRoot?.activeElement;
		if (inside) return inside.part.value || inside.name || inside.textContent;
		return activeElement.id || activeElement.localName;
	});
const press = async (page, ...keys) => {
	for (const key of keys) await page.keyboard.press(key);
	return focus(page);
};
/** Tabs until something has the focus; a page has an end. */
const tabTo = async (page, wanted, key = "Tab") => {
	for (let presses = 0; presses < 30; presses++) if ((await press(page, key)) === wanted) return;
	assert.fail(`${wanted} is not reached by ${key}; last at ${await focus(page)}`);
};
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const said = (page) => page.evaluate(() => window.said);
const outcomes = async (page) => {
	await page.evaluate(() => window.ripen.flush());
	return at.collector
		.kept()
		.filter(({ event }) => /^\$nudge_(?!exposed|shown|step)/.test(event))
		.map(({ event }) => event.slice(7));
};

const edges = {
	banner: "Your trial ends in 3 days. Keep your projects, your team and all that you have written.",
	top: "New: import from a spreadsheet. Bring your tasks along with their dates and owners.",
	slide_out:
		"Shall we show you around? Twenty minutes with somebody who knows Cairn well. Tell us what would help.",
	toast: "First project finished. Well done. It is in your archive.",
	checklist: "Get going. Three steps, five minutes.",
	scale: "How likely are you to recommend Cairn?",
	choice: "What brought you here? Choose what fits best.",
	text: "What is missing? One sentence is enough.",
	inline: undefined,
	slot: undefined,
};

test("C36 what is not modal is announced once, takes no focus, is reached by Tab, and Escape leads back", async () => {
	const page = await begin();
	for (const [name, announced] of Object.entries(edges)) {
		await page.evaluate(() => {
			window.said = [];
		});
		await page.locator("#date").focus();
		await show(page, name);
		if (announced) await page.waitForFunction(() => window.said.length);
		assert.equal(await focus(page), "date", `${name} takes no focus`);
		assert.deepEqual(await said(page), announced ? [announced] : [], name);
		// What comes before the page, or before where the focus is, is reached backwards.
		await tabTo(page, "close", ["top", "inline"].includes(name) ? "Shift+Tab" : "Tab");
		await page.keyboard.press("Escape");
		await gone(page);
		assert.notEqual(await focus(page), "body", `${name} gives the focus back`);
		await page.evaluate(() => window.ripen.flush());
		assert.deepEqual(await said(page), announced ? [announced] : [], `${name}: nothing more`);
	}
	assert.deepEqual(
		await outcomes(page),
		Object.keys(edges).map(() => "dismissed"),
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("C36 who came from a shadow tree of the host's is led back into it", async () => {
	const page = await begin();
	await page.evaluate(() => {
		const component = document.createElement("x-menu");
		const inner = Object.assign(document.createElement("button"), { id: "inner" });
		component.attachShadow({ mode: "open" }).append(inner);
		document.body.append(component);
	});
	await show(page, "banner");
	await page.evaluate(() => {
		document.querySelector("x-menu").shadowRoot.querySelector("#inner").focus();
		document.querySelector("ripen-nudge").shadowRoot.querySelector("[part=close]").focus();
	});
	await page.keyboard.press("Escape");
	await page.locator("ripen-nudge").waitFor({ state: "detached" });
	assert.equal(
		await page.evaluate(() => document.querySelector("x-menu").shadowRoot.activeElement?.id),
		"inner",
	);
});

test("C36 a modal dialog has the focus itself, keeps Tab, and gives the focus back", async () => {
	const page = await begin();
	await page.locator("#filter").focus();
	await show(page, "modal");
	assert.equal(await focus(page), "card");
	assert.equal(await press(page, "Tab"), "close");
	assert.equal(await press(page, "Tab"), "action primary");
	assert.equal(await press(page, "Tab"), "action");
	for (let presses = 0; presses < 6; presses++)
		assert.ok(!["date", "filter", "new"].includes(await press(page, "Tab")), "Tab does not reach the page");
	await page.keyboard.press("Escape");
	await gone(page);
	assert.equal(await focus(page), "filter");
	assert.deepEqual(await said(page), [], "the focus says it");
});

test("C36 a tooltip comes right after what it is about by Tab, and Escape leads back there", async () => {
	const page = await begin();
	await page.locator("#date").focus();
	await show(page, "tooltip");
	await page.waitForFunction(() => window.said.length);
	assert.deepEqual(await said(page), ["Due dates are here. Choose one, and we remind you a day before."]);
	assert.equal(await focus(page), "date");
	assert.equal(await press(page, "Tab"), "close");
	assert.equal(await press(page, "Tab"), "action primary");
	assert.equal(await press(page, "Tab"), "filter", "then the page goes on");
	assert.equal(await press(page, "Shift+Tab", "Shift+Tab"), "close");
	await page.keyboard.press("Escape");
	await gone(page);
	assert.equal(await focus(page), "filter");
});

test("C36 a hotspot is a button; Enter opens its card, Escape closes that, then the mark", async () => {
	const page = await begin();
	await page.locator("#filter").focus();
	const mark = await show(page, "hotspot");
	await page.waitForFunction(() => window.said.length);
	assert.equal(await press(page, "Tab"), "hotspot");
	assert.equal(await mark.getAttribute("aria-expanded"), "false");
	assert.equal(await press(page, "Enter"), "card");
	assert.equal(await mark.getAttribute("aria-expanded"), "true");
	assert.equal(await press(page, "Escape"), "hotspot");
	assert.equal(await mark.getAttribute("aria-expanded"), "false");
	assert.equal(await press(page, "Enter", "Tab"), "close");
	assert.equal(await press(page, "Escape"), "hotspot");
	await page.keyboard.press("Escape");
	await gone(page);
	assert.equal(await focus(page), "filter");
	assert.deepEqual(await said(page), ["Filter by owner"]);
	assert.deepEqual(await outcomes(page), ["dismissed"]);
});

test("C36 each step of a tour is told once: politely to who is elsewhere, by the focus to who is in it", async () => {
	const page = await begin();
	await page.locator("#filter").focus();
	await show(page, "tour");
	await page.waitForFunction(() => window.said.length === 1);
	const nudge = page.locator("ripen-nudge");
	await nudge.getByRole("button", { name: "Next" }).dispatchEvent("click");
	await page.waitForFunction(() => window.said.length === 2);
	assert.deepEqual(await said(page), [
		"This is your overview. What is due, and who does it.",
		"Here a project begins. Give it a name and a date.",
	]);
	assert.equal(await focus(page), "filter");
	await page.locator("#new").focus();
	await tabTo(page, "next");
	await page.keyboard.press("Enter");
	await page.waitForFunction(
		() => document.querySelector("ripen-nudge").shadowRoot.querySelectorAll(".card").length === 1,
	);
	await nudge.getByRole("dialog", { name: "That is all" }).waitFor();
	assert.equal(await focus(page), "next", "who is in it goes on in the next");
	assert.equal((await said(page)).length, 2);
	assert.equal(await press(page, "Tab"), "back");
	await page.keyboard.press("Enter");
	await nudge.getByRole("dialog", { name: "Here a project begins" }).waitFor();
	assert.equal(await focus(page), "next");
	await page.keyboard.press("Escape");
	await gone(page);
	assert.equal(await focus(page), "new");
});

test("C36 a ticked step is told once, and who was at its link goes on at the next", async () => {
	const page = await begin();
	await page.evaluate(() => {
		window.ripen.track("a");
	});
	await show(page, "checklist");
	await page.waitForFunction(() => window.said.length === 1);
	await tabTo(page, "Add three tasks");
	await page.evaluate(() => {
		window.same = document.activeElement.shadowRoot.querySelectorAll("li")[2];
		for (let added = 0; added < 30; added++) window.ripen.track("added");
	});
	await page.waitForFunction(() => window.said.length === 2);
	assert.equal((await said(page))[1], "Add three tasks: Done, 2 / 3");
	assert.equal(await focus(page), "Invite somebody");
	assert.equal(
		await page.evaluate(
			() => document.querySelector("ripen-nudge").shadowRoot.querySelectorAll("li")[2] === window.same,
		),
		true,
		"what has not changed stays",
	);
	await close(page);
});

test("C36 a question is answered by keyboard; thanks are told, and the focus is not lost", async () => {
	const page = await begin();
	await show(page, "scale");
	await page.waitForFunction(() => window.said.length === 1);
	const group = page.getByRole("radiogroup", { name: "How likely are you to recommend Cairn?" });
	await group.waitFor();
	await group.getByRole("radio", { name: "0: Not at all", exact: true }).waitFor();
	await group.getByRole("radio", { name: "7", exact: true }).waitFor();
	await tabTo(page, "answer");
	await press(page, "ArrowRight", "ArrowRight");
	assert.equal(await press(page, "Tab"), "talk");
	assert.equal(await press(page, "Space", "Tab"), "submit");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => window.said.length === 2);
	assert.equal((await said(page))[1], "Thank you. We write to you within a day.");
	assert.equal(await focus(page), "close");
	await page.keyboard.press("Enter");
	await gone(page);
	assert.deepEqual(await outcomes(page), ["answered", "acted"]);
});

test("C36 a talk is asked for, begun, closed and begun again by keyboard", async () => {
	const page = await begin();
	await show(page, "talk");
	await page.waitForFunction(() => window.said.length === 1);
	await tabTo(page, "action primary");
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Shall we show you around?" });
	await dialog.waitFor();
	assert.equal(await focus(page), "input");
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	assert.equal(await focus(page), "action primary", "back at what led to it");
	await page.keyboard.press("Enter");
	await dialog.waitFor();
	await page.keyboard.type("Ada");
	await page.keyboard.press("Enter");
	assert.equal(
		await page.evaluate(() => document.activeElement.shadowRoot.activeElement.type),
		"email",
		"what is missing",
	);
	await page.keyboard.type("ada@example.com");
	await page.keyboard.press("Enter");
	await dialog.getByRole("status").filter({ hasText: "Thank you." }).waitFor();
	assert.equal(await focus(page), "close");
	await page.keyboard.press("Enter");
	await gone(page);
	assert.deepEqual(await errorsOf(page), []);
});
