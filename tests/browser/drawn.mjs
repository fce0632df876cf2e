// Nudges as they are drawn, of any playbook, without an engine: what the tests of placements and actions share.
import { inChromium, ready, until } from "./browser.mjs";

/** A Monday. */
export const start = Date.parse("2026-03-02T10:20:00Z");

/** What every nudge of these tests says. */
export const words = {
	title: "A hint",
	body: "One task first.",
	actions: { go: "Go", later: "Later", talk: "Talk to us" },
};

/** As `inChromium`; `show` opens a page with this nudge due, `html` in its body, and this done before. */
export function inChromiumDrawn(options) {
	const at = inChromium(options);
	at.show = async (nudge, { html, before, due = true, ...init } = {}) => {
		const content = { en: { ...words, ...nudge.content } };
		at.collector.playbook = JSON.stringify({ nudges: { it: { purpose: "help", ...nudge, content } } });
		const page = await at.open({ clock: start, ...init });
		await ready(page);
		if (html)
			await page.evaluate((html) => {
				const parsed = new DOMParser().parseFromString(html, "text/html");
				document.body.append(...parsed.body.children);
			}, html);
		if (before) await page.evaluate(before);
		if (due) await page.evaluate(() => window.ripen.track("due", { nudge: "it" }));
		return page;
	};
	/** What a collector keeps of the nudge, as [outcome, action]. */
	at.outcomes = async (page) => {
		await page.evaluate(() => window.ripen.flush());
		return at.collector
			.kept()
			.filter(({ event }) => event?.startsWith("$nudge_"))
			.map(({ event, properties }) =>
				[event.slice("$nudge_".length), properties.action].filter(Boolean).join(" "),
			);
	};
	/** Until a nudge was drawn nowhere, since nobody is near where it belongs. */
	at.gaveWay = (page) =>
		until("gave way", async () => {
			await page.evaluate(() => window.ripen.flush());
			return at.collector.events.some(({ properties }) => properties?.by === "anchor");
		});
	at.warnings = (page) => page.evaluate(() => window.seen.warnings.map(({ code }) => code));
	/** Until it is warned of: the text has to be loaded first. */
	at.warned = (page, code) => until(code, async () => (await at.warnings(page)).includes(code));
	return at;
}
