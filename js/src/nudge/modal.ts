import { box, cardOf } from "./card.js";
import type { Child } from "./element.js";
import type { Frame } from "./frame.js";

/**
 * A native modal dialog: the platform traps the focus, closes it by Escape and gives the focus back (C36). It has the
 * focus itself at first, so that it is read from its beginning, and nothing is pressed by chance.
 */
export function drawModal(frame: Frame, ...content: Child[]): void {
	const { root, over, close } = frame;
	const dialog = box(frame, "dialog", { class: "modal", tabindex: -1 }, ...cardOf(frame, content));
	// Escape, and whatever else closes a dialog, comes here.
	dialog.addEventListener("close", close);
	over.addEventListener("abort", () => dialog.close());
	root.append(dialog);
	dialog.showModal();
	dialog.focus();
}
