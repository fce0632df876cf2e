import type { Json } from "../types.js";
import { selectorOf, waitFor, watchPage } from "./anchor.js";
import { box, cardOf, closedByEscape } from "./card.js";
import { float } from "./edge.js";
import { button, type Child, element } from "./element.js";
import { follow, isAnchoredBy, sideOf } from "./follow.js";
import type { Frame } from "./frame.js";

/** What a card stands beside. */
export interface Beside {
	anchor: HTMLElement;
	/** What finds it, or one like it, again. */
	selector: string;
	side?: Json;
	/** Seconds that it waits for another one where this one has gone. */
	wait?: Json;
	/** Whether there is a ring around it. */
	isRinged?: boolean;
	/** Called where no other one has come; else the nudge leaves. */
	gone?: () => void;
}

/**
 * Shows a popover beside an element and keeps it there: the browser does where it can, else we do. Where the element
 * goes, the popover goes too, unless another one comes in time (C38).
 */
export function showBeside(frame: Frame, popover: HTMLElement, beside: Beside, over = frame.over): void {
	const { anchor, selector, wait, isRinged } = beside;
	const side = sideOf(beside.side);
	const standing = new AbortController();
	over.addEventListener("abort", () => standing.abort(), { signal: standing.signal });
	const ring = element("div", { class: "ring", part: "ring", popover: "manual" });
	const shown = isRinged ? [ring, popover] : [popover];
	let read = false;
	const source = {
		// Who reads it knows it: elsewhere the card has to be moved by hand.
		get source() {
			read = true;
			return anchor;
		},
	};
	popover.classList.add(side);
	if (isRinged) popover.before(ring);
	for (const each of shown) {
		each.showPopover?.(source);
		each.classList.toggle("native", isAnchoredBy(read));
	}
	if (!isAnchoredBy(read)) follow(popover, ring, anchor, side, standing.signal);
	standing.signal.addEventListener("abort", () => ring.remove());
	const look = async () => {
		if (anchor.isConnected && anchor.checkVisibility?.() !== false) return;
		standing.abort();
		popover.hidePopover?.();
		const next = await waitFor(selector, frame.page.clock, wait, over);
		if (over.aborted) return;
		if (next) return showBeside(frame, popover, { ...beside, anchor: next }, over);
		frame.page.warn("nudge_anchor_gone", frame.nudge.id);
		(beside.gone ?? frame.leave)();
	};
	watchPage(() => void look().catch(frame.fail), standing.signal);
}

const besideOf = ({ nudge, anchor }: Frame): Beside => ({
	...nudge.placement,
	anchor: anchor as HTMLElement,
	selector: String(selectorOf(nudge)),
});

/** A card that stands beside something, and is a dialog without being in the way. */
export function cardBeside(frame: Frame, kind: string, content: Child[]): HTMLElement {
	const attributes = { class: `beside ${kind}`, id: "card", role: "dialog", tabindex: -1, popover: "manual" };
	return box(frame, "section", attributes, ...content);
}

/** A card beside what it is about. */
export function drawTooltip(frame: Frame, ...content: Child[]): void {
	const card = cardBeside(frame, "tooltip", cardOf(frame, content));
	float(frame, card);
	showBeside(frame, card, { ...besideOf(frame), isRinged: true });
}

/** A mark at what it is about, which tells more when it is pressed. */
export function drawHotspot(frame: Frame, ...content: Child[]): void {
	const { root, wording, over } = frame;
	const card = cardBeside(frame, "of-mark", cardOf(frame, content));
	let opened: AbortController | undefined;
	const toggle = () => {
		mark.setAttribute("aria-expanded", String(!opened));
		if (opened) {
			opened.abort();
			opened = undefined;
			card.hidePopover?.();
			if (root.activeElement) mark.focus();
			return;
		}
		opened = new AbortController();
		const { signal } = opened;
		over.addEventListener("abort", () => opened?.abort(), { signal });
		showBeside(frame, card, { ...besideOf(frame), anchor: mark }, signal);
		card.focus();
	};
	const title = wording.text("title");
	const mark = button("hotspot", "", toggle, {
		class: "hotspot",
		popover: "manual",
		"aria-label": title,
		"aria-expanded": "false",
		"aria-controls": "card",
	});
	// What it marks has gone.
	mark.addEventListener("beforetoggle", ({ newState }) => newState === "closed" && opened && toggle());
	frame.sight.observe(mark);
	// It closes what was opened: whoever has enough of the mark, too, closes it there.
	closedByEscape(card, toggle);
	closedByEscape(mark, () => (opened ? toggle() : frame.close()));
	root.append(mark);
	float(frame, card, title);
	showBeside(frame, mark, besideOf(frame));
}
