import type { Json } from "../types.js";
import { watchPage } from "./anchor.js";
import { isMirrored } from "./direction.js";
import { own } from "./own.js";

const opposite = { top: "bottom", bottom: "top", start: "end", end: "start" } as const;

export type Side = keyof typeof opposite;

/** Of what a playbook says. */
export const sideOf = (side: Json | undefined): Side =>
	own(opposite, String(side)) ? (side as Side) : "bottom";

/** From what is pointed at, and from the edge of the window, in CSS pixels. */
const gap = 8;

const isBlock = (side: Side) => side === "top" || side === "bottom";

type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom" | "width" | "height">;
type Size = { width: number; height: number };

/** Where a card goes beside something: at this side if there is room, else at the opposite one, else where there is most and enough; never outside of the window. */
export function placeBeside(at: Box, card: Size, room: Size, side: Side, rtl: boolean) {
	const start = rtl ? room.width - at.right : at.left;
	const free = {
		bottom: room.height - at.bottom,
		top: at.top,
		end: room.width - at.width - start,
		start,
	};
	const fits = (side: Side) => free[side] >= card[isBlock(side) ? "height" : "width"] + 2 * gap;
	const widest = (Object.keys(free) as Side[]).sort((one, other) => free[other] - free[one]);
	const chosen = [side, opposite[side], ...widest].find(fits) ?? "bottom";
	const besides = (isBefore: boolean, from: number, to: number, size: number) =>
		isBefore ? from - gap - size : to + gap;
	let left = at.left + (at.width - card.width) / 2;
	let top = at.top + (at.height - card.height) / 2;
	if (isBlock(chosen)) top = besides(chosen === "top", at.top, at.bottom, card.height);
	else left = besides(chosen === (rtl ? "end" : "start"), at.left, at.right, card.width);
	const within = (value: number, size: number, room: number) =>
		Math.max(gap, Math.min(value, room - size - gap));
	return {
		side: chosen,
		left: within(left, card.width, room.width),
		top: within(top, card.height, room.height),
	};
}

/** Whether the browser itself keeps a popover beside what it was shown from. */
export function isAnchoredBy(read: boolean): boolean {
	return read && CSS.supports("position-area", "block-end");
}

/** In pixels of the window. */
function put({ style }: HTMLElement, box: Partial<DOMRect>): void {
	for (const name of ["left", "top", "width", "height"] as const)
		if (name in box) style[name] = `${box[name]}px`;
}

/** Keeps a card beside, and a ring around, an element that may move, grow, and be scrolled away. */
export function follow(
	card: HTMLElement,
	ring: HTMLElement,
	target: HTMLElement,
	side: Side,
	over: AbortSignal,
): void {
	let asked = false;
	const place = () => {
		asked = false;
		if (over.aborted) return;
		const at = target.getBoundingClientRect();
		const { clientWidth: width, clientHeight: height } = document.documentElement;
		const { left, top } = placeBeside(
			at,
			card.getBoundingClientRect(),
			{ width, height },
			side,
			isMirrored(),
		);
		const isSeen = at.bottom > 0 && at.right > 0 && at.top < height && at.left < width;
		put(card, { left, top });
		put(ring, at);
		card.style.visibility = isSeen ? "visible" : "hidden";
	};
	const ask = () => {
		if (!asked) requestAnimationFrame(place);
		asked = true;
	};
	const options = { capture: true, passive: true, signal: over };
	addEventListener("scroll", ask, options);
	addEventListener("resize", ask, options);
	const sizes = new ResizeObserver(ask);
	for (const element of [target, card, document.body]) sizes.observe(element);
	over.addEventListener("abort", () => sizes.disconnect());
	watchPage(place, over);
	place();
}
