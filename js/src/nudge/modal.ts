import { actionsOf } from "./actions.js";
import type { Frame } from "./draw.js";
import { element } from "./element.js";
import { formOf } from "./form.js";

/** A native modal dialog: the platform traps the focus, closes it by Escape and gives the focus back (C36). */
export function drawModal(frame: Frame): () => void {
	const { nudge, copy, root, end } = frame;
	const close = element(
		"button",
		{ type: "button", class: "close", "aria-label": copy.text("close") || "Close" },
		"×",
	);
	close.addEventListener("click", () => dialog.close());
	const actions = actionsOf(frame);
	const content = nudge.form
		? formOf(frame, actions, () => close.focus())
		: element("div", { class: "actions" }, ...actions);
	const dialog = element(
		"dialog",
		{ class: "card", "aria-labelledby": "title", "aria-describedby": "body" },
		close,
		element("h2", { id: "title" }, copy.text("title")),
		element("p", { id: "body" }, copy.text("body")),
		content,
	);
	// Escape, and whatever else closes a dialog, comes here.
	dialog.addEventListener("close", () => end("dismissed", { action: "close" }));
	root.append(dialog);
	dialog.showModal();
	return () => dialog.close();
}
