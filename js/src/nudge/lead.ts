import type { Properties } from "../types.js";
import { element } from "./element.js";
import type { Frame } from "./frame.js";

/** Of the reasons; values of signals may be as long as an event. */
const longestReasons = 3_000;

/** Why somebody was asked: how they are seen just then. */
function reasonsOf({ page }: Frame): Properties {
	const { stages, segments, moments, signals } = page.view() ?? {};
	const known = { stages, segments, moments };
	const whole = { ...known, signals };
	return JSON.stringify(whole).length > longestReasons ? known : whole;
}

/** What is told to who is to talk: what was filled in, and why they were asked. */
export const leadOf = (frame: Frame, fields: Properties): Properties => ({
	nudge: frame.nudge.id,
	variant: frame.nudge.variant,
	fields,
	reasons: reasonsOf(frame),
});

/** Where there is no form that could say what leaves with it, and nothing else leaves, only the wish does. */
export const wishOf = (frame: Frame): Properties =>
	frame.page.mode === "events" ? leadOf(frame, {}) : { ...leadOf(frame, {}), reasons: {} };

/** Where nothing else leaves the browser, the form says what leaves with it. */
export function sentWith(frame: Frame): HTMLElement | undefined {
	const { page, wording } = frame;
	if (page.mode === "events") return;
	const list = element("dl");
	const summary = element("summary", {}, wording.text("sent") || "What is sent with it");
	const details = element("details", { class: "small", part: "sent" }, summary, list);
	// As of when it is looked at.
	details.addEventListener("toggle", () => {
		const { person, account } = page.view() ?? {};
		const { reasons, nudge, variant } = leadOf(frame, {});
		const rows = Object.entries({ person, account, nudge, variant, ...(reasons as Properties) })
			.filter(([, value]) => value !== undefined)
			.flatMap(([name, value]) => [
				element("dt", {}, name),
				element("dd", {}, typeof value === "string" ? value : JSON.stringify(value)),
			]);
		list.replaceChildren(...rows);
	});
	return details;
}

/** Says what was received; where it could not be sent yet, that too. Append it before there is anything to say. */
export function receipt({ wording, page }: Frame): { node: HTMLElement; say(): void } {
	// There before the text is, so that it is announced.
	const node = element("div", { role: "status", class: "body", part: "thanks" });
	return {
		node,
		async say() {
			const thanks = wording.rich("thanks");
			node.append(...(thanks.length ? thanks : ["✓"]));
			if (!(await page.flush()).waiting) return;
			const kept = wording.text("kept") || "Kept in this browser until it can be sent.";
			node.append(element("p", { class: "small" }, kept));
		},
	};
}
