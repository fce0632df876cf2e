// Every placement of a nudge, as the playbook's document has it, drawn by each engine: where it belongs, inside the window,
// with its words, and gone when it is closed.
import assert from "node:assert/strict";
import { ripen } from "../cli/ripen.mjs";
import { inEngines } from "./engines.mjs";

const steps = [{ id: "one", anchor: "#host" }, { id: "two" }];
const placements = {
	banner: { kind: "banner", position: "top" },
	inline: { kind: "banner", position: "inline", anchor: "main" },
	modal: { kind: "modal" },
	slide_out: { kind: "slide_out" },
	toast: { kind: "toast" },
	tooltip: { kind: "tooltip", anchor: "#host", side: "end" },
	hotspot: { kind: "hotspot", anchor: "#host" },
	checklist: { kind: "checklist", position: "start" },
	slot: { kind: "slot", slot: "side" },
	tour: { kind: "tour" },
	ask: { kind: "ask" },
};
const more = {
	tour: { steps },
	checklist: { steps: [{ id: "one", signal: "steps", at_least: 3 }] },
	ask: { question: { type: "scale", from: 0, to: 10 } },
};
const words = {
	title: "About {{signals.steps:plural(one=# step;other=# steps)|}}",
	body: "**Bold** and [a link](/there)",
	// Who closes one has a day of quiet; who wants it later has not.
	actions: { later: "Later" },
};
const nudges = Object.fromEntries(
	Object.entries(placements).map(([name, placement]) => {
		const has = more[name] ?? {};
		const content = {
			...words,
			...(has.steps && {
				steps: Object.fromEntries(has.steps.map(({ id }) => [id, { title: `Step ${id}` }])),
			}),
			...(has.question && { submit: "Send", low: "Never", high: "At once" }),
		};
		return [
			name,
			{
				purpose: "help",
				on: { call: name },
				limits: {},
				actions: [{ id: "later", snooze: true }],
				placement,
				content: { en: content },
				...has,
			},
		];
	}),
);
const playbook = {
	signals: { steps: { count: "step" } },
	policy: { holdout: 0, help_first: false },
	nudges,
};

/** What the page shows of a nudge. */
const seen = () => {
	const host = document.querySelector("ripen-nudge");
	const card =
		host?.shadowRoot.querySelector(".card:not([popover]), .card:popover-open, dialog[open]") ??
		host?.shadowRoot.querySelector(".hotspot");
	if (!card) return;
	const { left, top, right, bottom, width, height } = card.getBoundingClientRect();
	if (!width || !height || getComputedStyle(card).visibility !== "visible") return;
	const isInside =
		left >= 0 &&
		top >= 0 &&
		right <= innerWidth + 1 &&
		(bottom <= innerHeight + 1 || !card.matches(":popover-open, dialog"));
	const box = document.querySelector("#host").getBoundingClientRect();
	const isBeside = left >= box.right || right <= box.left || top >= box.bottom || bottom <= box.top;
	return {
		text: card.textContent || card.getAttribute("aria-label"),
		isInside,
		isBeside,
		parent: host.parentElement.localName,
		bold: card.querySelector("strong")?.textContent,
	};
};

const texts = { tour: /Step one/ };

inEngines({
	"C35 C36 C37 every placement is drawn where it belongs, and goes": async (at) => {
		const { bytes, err } = await ripen(["compile", "-", "-o", "-"], { input: JSON.stringify(playbook) });
		assert.ok(bytes.length, err);
		at.collector.playbook = bytes;
		const page = await at.open();
		await page.ready();
		await page.evaluate(() => {
			const main = document.createElement("main");
			const slot = document.createElement("ripen-slot");
			slot.setAttribute("name", "side");
			document.body.append(main, slot);
		});
		await page.track(2);
		for (const name of Object.keys(placements)) {
			await page.evaluate((name) => window.ripen.trigger(name), name);
			await page.waitFor(`${name} is drawn`, seen);
			const { text, isInside, isBeside, parent, bold } = await page.evaluate(seen);
			assert.match(text, texts[name] ?? /About 2 steps/, name);
			assert.ok(isInside, `${name} is inside the window`);
			if (/tooltip|tour/.test(name)) assert.ok(isBeside, `${name} covers what it is about`);
			if (!/hotspot|tour/.test(name)) assert.equal(bold, "Bold", name);
			const expected = { inline: "main", slot: "ripen-slot" };
			assert.equal(parent, expected[name] ?? "body", name);
			await page.evaluate(() => {
				const { shadowRoot } = document.querySelector("ripen-nudge");
				shadowRoot.querySelector(".hotspot")?.click();
				const buttons = [...shadowRoot.querySelectorAll("button")];
				buttons.find(({ textContent }) => textContent === "Later").click();
			});
			await page.waitFor(`${name} is gone`, () => !document.querySelector("ripen-nudge"));
		}
		await page.flush();
		const of = (event) =>
			at.collector.events.filter((each) => each.event === event).map(({ properties }) => properties.nudge);
		assert.deepEqual(of("$nudge_shown"), Object.keys(placements));
		assert.deepEqual(of("$nudge_snoozed"), Object.keys(placements));
		assert.deepEqual(await page.errors(), []);
		assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
	},
});
