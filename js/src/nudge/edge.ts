import { box, cardOf, closedByEscape, saidOf } from "./card.js";
import { isMirrored } from "./direction.js";
import type { Child } from "./element.js";
import type { Frame } from "./frame.js";

/** For what is to be shown in the top layer: it is announced politely and never takes the focus. */
export function float(frame: Frame, card: HTMLElement, said = saidOf(frame.wording)): void {
	const { root, over, close, say } = frame;
	over.addEventListener("abort", () => card.hidePopover?.());
	closedByEscape(card, close);
	root.append(card);
	say(said);
}

/** At an edge or in a corner of the window. */
export function drawEdge(frame: Frame, ...content: Child[]): void {
	const { kind, position } = frame.nudge.placement;
	const mirrored = isMirrored();
	const isCorner = /slide_out|checklist|ask/.test(String(kind)) && position !== "bottom";
	const corner = (position === "start") === mirrored ? "right" : "left";
	const card = box(
		frame,
		"section",
		{
			class: `edge ${kind} ${position} ${isCorner && corner} ${mirrored && "mirrored"}`,
			role: "region",
			popover: "manual",
		},
		...cardOf(frame, content),
	);
	float(frame, card);
	// Into the top layer, over the host's own; elsewhere the z-index has to do.
	card.showPopover?.();
}
