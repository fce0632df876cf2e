// What the panel shows, and the clock that it moves.
import { until } from "./chromium.mjs";

/** All of it at one instant. */
export function readPanel(page) {
	return page.evaluate(() => {
		const named = (prefix) =>
			[...document.querySelectorAll(`[data-testid^="${prefix}-"]`)].map((element) => [
				element.dataset.testid.slice(prefix.length + 1),
				element,
			]);
		const texts = (prefix) =>
			Object.fromEntries(
				named(prefix)
					.map(([name, { textContent }]) => [name, textContent])
					.filter(([, text]) => text !== "–"),
			);
		const holding = (prefix) =>
			named(prefix)
				.filter(([, { dataset }]) => dataset.holds === "true")
				.map(([name]) => name);
		const numbers = Object.entries(texts("signal")).map(([name, text]) => [name, Number.parseFloat(text)]);
		return {
			signals: Object.fromEntries(numbers),
			stages: texts("stage"),
			segments: holding("segment"),
			moments: holding("moment"),
			momentum: document.querySelector('[data-testid="momentum"]').textContent,
			health: texts("health"),
			clock: document.querySelector('[data-testid="clock"]').dateTime,
			// The newest first.
			events: [...document.querySelectorAll('[data-testid="event"]')].map((event) => ({
				name: event.querySelector("strong").textContent,
				at: event.querySelector("time").dateTime,
			})),
			decisions: [...document.querySelectorAll('[data-testid="decision"]')].map((decision) => ({
				event: decision.querySelector("strong").textContent,
				at: decision.querySelector("time").dateTime,
				explained: [...decision.querySelectorAll(".considered-blocked")].every((one) =>
					one.querySelector(".why"),
				),
				words: Object.fromEntries(
					[...decision.querySelectorAll(".considered")].map((one) => [
						one.querySelector("strong").textContent,
						one.textContent,
					]),
				),
			})),
		};
	});
}

/** Waits until the panel says so, and returns all that it says then. */
export const panelShows = (page, what, holds) =>
	until(`the panel shows ${what}`, async () => {
		const panel = await readPanel(page);
		return holds(panel) && panel;
	});

export const engineReady = (page) =>
	panelShows(page, "a ready engine", ({ health }) => health.engine === "ready");

/** `Next hour`, `Next day`, `Next week`: time passes in no other way. */
export async function pass(page, step) {
	const before = Date.parse((await readPanel(page)).clock);
	await page.getByRole("button", { name: step }).click();
	await panelShows(page, "a later time", ({ clock }) => Date.parse(clock) - before > 3_500_000);
}

/** What is left is sent by its timer, which the panel's clock lets come. */
export async function allDelivered(page) {
	await pass(page, "Next hour");
	return panelShows(page, "that nothing waits", ({ health }) => health.waiting === "0");
}

/** What was decided at the newest event of this name: nudge → the panel's words. */
export async function decidedAt(page, event) {
	const { at } = await until(`the event ${event}`, async () =>
		(await readPanel(page)).events.find(({ name }) => name === event),
	);
	// Why is asked of a module that is loaded then.
	const decided = (decision) => decision.event === event && decision.at === at && decision.explained;
	const { decisions } = await panelShows(page, `a decision at ${event}`, ({ decisions }) =>
		decisions.some(decided),
	);
	return decisions.find(decided).words;
}
