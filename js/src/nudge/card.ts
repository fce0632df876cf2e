import { directionOf } from "./direction.js";
import { button, type Child, element } from "./element.js";
import type { Frame } from "./frame.js";
import { cross, icon } from "./icon.js";
import { pictureOf } from "./picture.js";
import type { Words } from "./words.js";

type Attributes = Parameters<typeof element>[1];

/** What closes a card: the first in it by keyboard. */
export function closeButton(wording: Words, press: () => void): HTMLButtonElement {
	const close = button("close", "", press, {
		class: "close",
		"aria-label": wording.text("close") || "Close",
	});
	close.append(icon(cross));
	return close;
}

/** The box, named by its title; written in the direction of its words, which may not be that of the page. */
export function box<Name extends "section" | "dialog">(
	{ wording: { locale }, sight }: Frame,
	name: Name,
	attributes: Attributes,
	...content: Child[]
): HTMLElementTagNameMap[Name] {
	const card = element(
		name,
		{
			part: "card",
			"aria-labelledby": "title",
			dir: locale ? directionOf(locale) : undefined,
			...attributes,
			class: `card ${attributes?.class}`,
		},
		...content,
	);
	// Who comes into a dialog hears what it says.
	if (card.matches("dialog, [role=dialog]") && card.querySelector("#body"))
		card.setAttribute("aria-describedby", "body");
	sight.observe(card);
	return card;
}

/** What every card has, in the order in which it is read. A tour says its step's words at this path. */
export function cardOf({ wording, page, close }: Frame, content: Child[] = [], path: string[] = []): Child[] {
	const body = wording.rich(...path, "body");
	return [
		element("h2", { id: "title", part: "title" }, wording.text(...path, "title")),
		closeButton(wording, close),
		!path.length && pictureOf(wording, page),
		body.length && element("div", { id: "body", class: "body", part: "body" }, ...body),
		...content,
	];
}

/** Title and body as they are said: with a pause between them. */
export function saidOf(wording: Words, path: string[] = []): string {
	const title = wording.text(...path, "title");
	const body = wording.text(...path, "body");
	return body ? `${title.replace(/[\p{L}\p{N}]$/u, "$&.")} ${body}` : title;
}

/** Escape closes what the focus is in. While letters are being composed it is the input method's. */
export function closedByEscape(card: HTMLElement, close: () => void): void {
	card.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
		event.preventDefault();
		close();
	});
}
