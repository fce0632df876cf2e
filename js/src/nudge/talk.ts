import { box, closeButton } from "./card.js";
import { element } from "./element.js";
import { formOf } from "./form.js";
import type { Frame } from "./frame.js";

/** The form, over the nudge that led to it. Who closes it without sending it is back at the nudge. */
export function drawTalk(frame: Frame): void {
	const { root, wording, over } = frame;
	let isSent = false;
	const close = closeButton(wording, () => dialog.close());
	const form = formOf(frame, [], () => {
		isSent = true;
		close.focus();
	});
	const title = element("h2", { part: "title" }, wording.text("title"));
	const named = { class: "modal talk", "aria-labelledby": undefined, "aria-label": wording.text("title") };
	const dialog = box(frame, "dialog", named, title, close, form);
	dialog.addEventListener("close", () => {
		dialog.remove();
		if (isSent) frame.leave();
	});
	over.addEventListener("abort", () => dialog.close());
	root.append(dialog);
	dialog.showModal();
	// They asked for it: they are where they can begin.
	form.querySelector<HTMLElement>("input, textarea, select")?.focus();
}
