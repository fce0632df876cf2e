// Every placement can be looked at before anybody is shown it, and nothing of that counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { playbook } from "../bench/nudges/playbook.mjs";
import { errorsOf } from "./browser.mjs";
import { furnish, gallery } from "./gallery.mjs";
import { inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
/** What is done with each, by what is in it: every way in which something could be recorded. */
const presses = ["[part~=next]", "[part=submit]", "[part~=action]", "[part=close]"];

test("every placement is previewed, what is done with it counts nothing, and the next one takes its place", async () => {
	const page = await at.enter(JSON.parse(playbook), { preview: true });
	await furnish(page);
	await page.evaluate(() => window.ripen.track("here"));
	await page.evaluate(() => window.ripen.debug());
	const overlay = page.getByRole("dialog", { name: "Ripen" });
	for (const name of Object.keys(gallery)) {
		// Folded away, where nothing holds it back.
		await overlay
			.getByRole("button", { name: `Preview ${name}`, exact: true, includeHidden: true })
			.evaluate((button) => button.click());
		const title = gallery[name].content.en.title;
		const first = page
			.locator("ripen-nudge")
			.locator(name === "hotspot" ? ".hotspot" : "h2, [part=title]")
			.first();
		if (name === "tour")
			await page.locator("ripen-nudge").getByRole("heading", { name: "This is your overview" }).waitFor();
		else if (name === "hotspot") await page.locator(`ripen-nudge .hotspot[aria-label="${title}"]`).waitFor();
		else await page.locator("ripen-nudge").getByText(title, { exact: true }).first().waitFor();
		assert.equal(await page.locator("ripen-nudge").count(), 1, name);
		await first.waitFor();
		await page.evaluate((presses) => {
			const { shadowRoot } = document.querySelector("ripen-nudge");
			shadowRoot.querySelector(".hotspot")?.click();
			for (const field of shadowRoot.querySelectorAll("input, textarea")) {
				if (/radio|checkbox/.test(field.type)) field.checked = true;
				else field.value = field.type === "email" ? "ada@example.com" : "Ada";
			}
			for (const selector of presses) {
				const button = shadowRoot.querySelector(selector);
				button?.addEventListener("click", (event) => button.localName === "a" && event.preventDefault());
				button?.click();
			}
		}, presses);
	}
	await page.evaluate(() => window.ripen.flush());
	const told = at.kept().map(({ event, type }) => event ?? type);
	assert.deepEqual(
		told.filter((name) => /^\$nudge|^\$lead/.test(name)),
		[],
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("what is below the fold is scrolled to: who looks at it need not look for it", async () => {
	const on = { event: "never" };
	const of = (placement) => nudge({ on, placement });
	const page = await at.enter(
		{
			nudges: {
				beside: of({ kind: "tooltip", anchor: "#target" }),
				mark: of({ kind: "hotspot", anchor: "#target" }),
				within: of({ kind: "slot", slot: "side" }),
			},
		},
		{ preview: true },
	);
	await page.evaluate(() => {
		for (const [name, height] of [
			["div", "3000px"],
			["button", "40px"],
			["div", "3000px"],
			["main", "40px"],
		]) {
			const element = document.body.appendChild(document.createElement(name));
			Object.assign(element, { id: name === "button" ? "target" : "", textContent: name });
			element.style = `display: block; height: ${height}`;
		}
		document.querySelector("main").append(document.createElement("ripen-slot"));
		document.querySelector("ripen-slot").setAttribute("name", "side");
		window.ripen.track("here");
		window.ripen.debug();
	});
	for (const [name, part] of [
		["beside", ".card"],
		["mark", ".hotspot"],
		["within", ".card"],
	]) {
		await page.evaluate(() => scrollTo(0, 0));
		await page
			.getByRole("button", { name: `Preview ${name}`, includeHidden: true })
			.evaluate((button) => button.click());
		const drawn = page.locator(`ripen-nudge ${part}`);
		await drawn.waitFor();
		await page.waitForFunction((part) => {
			const { top } = document
				.querySelector("ripen-nudge")
				.shadowRoot.querySelector(part)
				.getBoundingClientRect();
			return top < innerHeight;
		}, part);
	}
	assert.deepEqual(await errorsOf(page), []);
});
