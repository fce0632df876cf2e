import type { Considered, Decision, View } from "../types.js";
import { element } from "./drawn.js";

const occasionOf = ({ event, load, element, call }: Decision) =>
	event ??
	(load
		? "page load or route"
		: element
			? `in view: ${element}`
			: call
				? `trigger: ${call}`
				: "time, or the page");

const outcomeOf = ({ nudge, verdict, by, variant, arm, would }: Considered) => {
	const held = arm ? ` in ${arm}, else ${would?.verdict} ${would?.by ?? ""}` : "";
	return `${nudge}${variant ? ` (${variant})` : ""}: ${verdict}${by ? ` by ${by}` : ""}${held}`.trim();
};

/** What was considered, the latest first. */
export function decisionsOf(decisions: readonly Decision[], locale: string): HTMLElement {
	const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
	const rows = [...decisions].reverse().map((decision) => {
		const { at, considered, won } = decision;
		const found = considered.map((each) =>
			element("li", { class: each.nudge === won ? "yes" : "" }, outcomeOf(each)),
		);
		return element("li", {}, `${time.format(at)} · ${occasionOf(decision)}`, element("ul", {}, ...found));
	});
	return rows.length
		? element("ul", {}, ...rows)
		: element("p", {}, "Nothing yet in this page load: no nudge waits for what has happened.");
}

/** What conditions look at. */
export function viewOf(view: View | undefined): HTMLElement {
	if (!view) return element("p", {}, "Nothing is known of the person yet.");
	const { person, account, stages, segments, moments, signals, scores, momentum, traits } = view;
	const rows: [string, unknown][] = [
		["person", person],
		["account", account],
		...Object.entries(stages).map(([name, rung]): [string, unknown] => [`stages.${name}`, rung]),
		["segments", segments.join(", ")],
		["moments", moments.join(", ")],
		["momentum", momentum],
		...Object.entries(scores ?? {}).map(([name, points]): [string, unknown] => [`scores.${name}`, points]),
		...Object.entries(signals).map(([name, value]): [string, unknown] => [`signals.${name}`, value]),
		["user", JSON.stringify(traits.user)],
		["account's traits", JSON.stringify(traits.account)],
	];
	const said = rows.filter(([, value]) => value !== undefined && value !== "");
	const cells = said.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, `${value}`)]);
	return element("dl", {}, ...cells);
}
