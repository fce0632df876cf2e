import { box, cardOf, closedByEscape } from "./card.js";
import type { Child } from "./element.js";
import type { Frame } from "./frame.js";

/** In the page itself, where the host has a place for it. It is read where it stands: nothing is announced. */
export function drawInline(frame: Frame, ...content: Child[]): void {
	const { kind } = frame.nudge.placement;
	const card = box(frame, "section", { class: `inline ${kind}`, role: "region" }, ...cardOf(frame, content));
	closedByEscape(card, frame.close);
	frame.root.append(card);
}
