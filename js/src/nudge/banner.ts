import { actionsOf } from "./actions.js";
import type { Frame } from "./draw.js";
import { element } from "./element.js";

/** A region at the edge of the window. It is announced politely and never takes the focus; who goes there by keyboard is led back (C36). */
export function drawBanner(frame: Frame): () => void {
	const { nudge, copy, root, end } = frame;
	const close = element(
		"button",
		{ type: "button", class: "close", "aria-label": copy.text("close") || "Close" },
		"×",
	);
	close.addEventListener("click", () => end("dismissed", { action: "close" }));
	const actions = actionsOf(frame);
	const banner = element(
		"section",
		{
			class: `card banner ${nudge.placement.position === "top" ? "top" : ""}`,
			role: "region",
			"aria-labelledby": "title",
			popover: "manual",
		},
		element("h2", { id: "title" }, copy.text("title")),
		close,
		element("p", {}, copy.text("body")),
		actions.length ? element("div", { class: "actions" }, ...actions) : undefined,
	);
	// A popover of this kind does not give the focus back by itself.
	let before: HTMLElement | null = null;
	banner.addEventListener("focusin", ({ relatedTarget }) => {
		if (!banner.contains(relatedTarget as Node | null)) before = relatedTarget as HTMLElement | null;
	});
	const live = element("div", { class: "live", role: "status" });
	root.append(live, banner);
	// Into the top layer, over the host's own; elsewhere the z-index has to do.
	banner.showPopover?.();
	// A live region speaks of what changes in it, not of what it came with.
	requestAnimationFrame(() => live.append(`${copy.text("title")}. ${copy.text("body")}`));
	return () => {
		const inside = root.activeElement;
		banner.hidePopover?.();
		if (inside) before?.focus({ preventScroll: true });
	};
}
