import type { Explanation } from "../types.js";
import { element } from "./drawn.js";

/** When time alone would turn it, as a person says that. */
export const turnsAt = (at: number | undefined, locale: string): string | undefined =>
	at === undefined
		? undefined
		: `turns ${new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at)}, if nothing happens until then`;

/** One verdict, with what it follows from folded away below it. */
export function treeOf(explanation: Explanation, locale: string): HTMLElement {
	const { holds, parts = [], text, turns } = explanation;
	const when = turnsAt(turns, locale);
	const line = [
		element(
			"span",
			{ class: holds === undefined ? "" : holds ? "yes" : "no" },
			holds === undefined ? "· " : holds ? "✓ " : "✗ ",
		),
		text,
		when ? element("small", {}, ` ${when}`) : undefined,
	];
	if (!parts.length) return element("li", {}, ...line);
	// What is wrong is what one looks for.
	const below = element("ul", {}, ...parts.map((part) => treeOf(part, locale)));
	return element(
		"li",
		{},
		element("details", { open: holds === false }, element("summary", {}, ...line), below),
	);
}

/** The first instant at which time alone could let a nudge through: when the last of what holds it back has turned. */
export function couldAt({ blockedBy = [], parts = [] }: Explanation): number | undefined {
	const held = parts.filter(({ id, holds }) => holds === false && blockedBy.includes(`${id}`));
	const turns = held.map(({ turns }) => turns);
	return turns.length && turns.every((at) => at !== undefined) ? Math.max(...(turns as number[])) : undefined;
}
