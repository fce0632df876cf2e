import type { Json, Nudge } from "../types.js";
import { find, selectorOf, waitFor } from "./anchor.js";
import { watchModals } from "./clear.js";
import { dress } from "./dress.js";
import { element } from "./element.js";
import { givesFocusBack } from "./focus.js";
import type { Frame, Page, Placement } from "./frame.js";
import { listOf, own } from "./own.js";
import { placements } from "./placements.js";
import { defineSlot } from "./slot-element.js";
import { coloursFor } from "./style/palette.js";
import { rules } from "./style/rules.js";
import type { Words } from "./words.js";

export { find, selectorOf } from "./anchor.js";
export { clearOfOthers, isClear } from "./clear.js";
export { dress } from "./dress.js";
export { button, element } from "./element.js";
export { wordsOf } from "./words.js";

/** Takes away what is drawn, and nobody has answered it; where it `mayStay`, not while somebody is in the middle of it. Returns whether it stays. */
export type Leave = (mayStay?: boolean) => boolean | undefined;

/** What it points at, or stands in, is not there; or nobody is near it, and `comes` resolves when somebody is. */
export interface Missing {
	comes?: (over: AbortSignal) => Promise<unknown>;
}

/**
 * Draws it; not so where what it points at has gone, or it would not be to be seen there. `see` is told whether it is in
 * the window, and `free` called when it is gone.
 */
export type Draw = (page: Page, free: () => void, see: (isSeen: boolean) => void) => Leave | Missing;

/** What is needed to draw a nudge, as soon as it is there; nothing where it cannot be drawn now, and why. */
export async function prepare(
	nudge: Nudge,
	wording: Words,
	{ clock, warn }: Pick<Page, "clock" | "warn">,
	over: AbortSignal,
): Promise<Draw | Missing | undefined> {
	const { kind, position } = nudge.placement;
	defineSlot();
	const place = own(placements as never, String(kind)) as Placement | undefined;
	if (!place) return void warn("nudge_placement_unknown", nudge.id);
	const selector = selectorOf(nudge);
	if (selector === undefined) return (...to) => draw(nudge, wording, place, undefined, false, ...to);
	const anchored = (seconds: Json | undefined, over: AbortSignal, margin?: string) =>
		waitFor(String(selector), clock, seconds, over, margin);
	const wait = own(kind === "tour" ? listOf(nudge.steps)[0] : nudge.placement, "wait");
	if (!(await anchored(wait, over, /^(tooltip|hotspot)$/.test(String(kind)) ? "0px" : ""))) return {};
	const isInPage = kind === "slot" || position === "inline";
	// It comes in before it is scrolled to, lest it move what is being read: within a window's size.
	const near = (seconds: number, over: AbortSignal) => anchored(seconds, over, "100%");
	if (isInPage && !(await near(0, over))) return { comes: (over) => near(1e6, over) };
	return (...to) => {
		// Much may have happened since it was found.
		const now = find(String(selector));
		return now ? draw(nudge, wording, place, now, isInPage, ...to) : {};
	};
}

function draw(
	nudge: Nudge,
	wording: Words,
	place: Placement,
	anchor: HTMLElement | undefined,
	isInPage: boolean,
	page: Page,
	free: () => void,
	see: (isSeen: boolean) => void,
): Leave | Missing {
	const host = document.createElement("ripen-nudge");
	const root = host.attachShadow({ mode: "open" });
	if (wording.locale) host.lang = wording.locale;
	const live = element("div", { class: "live", role: "status" });
	root.append(live);
	const standing = new AbortController();
	let settled = false;
	/** Somebody has begun to write. */
	let isBegun = false;
	const undo = () => {
		standing.abort();
		host.remove();
	};
	const leave = () => {
		if (standing.signal.aborted) return;
		undo();
		free();
	};
	/** Somebody is in the form that it led to. */
	const talk = () => host.isConnected && root.querySelector(".talk[open]");
	const answer: Nudge["report"] = (...told) => {
		// Whoever answers it has seen it.
		see(true);
		nudge.report(...told);
	};
	const inView = new Set<Element>();
	const frame: Frame = {
		nudge,
		wording,
		page,
		root,
		anchor,
		over: standing.signal,
		// At the window's edge, or in its middle.
		isSeen: !anchor,
		busy: new Set(),
		// A slot may be larger than the window.
		sight: new IntersectionObserver(
			(entries) => {
				for (const { target, isIntersecting } of entries) inView[isIntersecting ? "add" : "delete"](target);
				frame.isSeen = inView.size > 0;
				see(frame.isSeen);
				root.dispatchEvent(new Event("sight"));
			},
			{ threshold: 0.25 },
		),
		settle(...told) {
			if (settled) return;
			// Before it is told: whoever hears of it may end its moment.
			settled = true;
			answer(...told);
		},
		end(...told) {
			frame.settle(...told);
			leave();
		},
		close() {
			frame.end("dismissed", { action: "close" });
		},
		say(text) {
			// A live region speaks of what changes in it, not of what it came with.
			// What is not in a modal dialog is not heard while that is open.
			([...root.querySelectorAll("dialog[open]")].at(-1) ?? root).append(live);
			requestAnimationFrame(() => {
				live.textContent = text;
			});
		},
		leave() {
			// It goes when they have done with that.
			const form = talk();
			if (form) return form.addEventListener("close", frame.leave);
			settled = true;
			nudge.report("ignored");
			leave();
		},
		fail(error) {
			page.warn("nudge_failed", `${nudge.id}: ${error}`);
			frame.leave();
		},
	};
	if (isInPage) anchor?.prepend(host);
	// In the order of the page, by keyboard too, it stands where it is seen; in the body, whose scheme and tokens it has.
	else document.body[nudge.placement.position === "top" ? "prepend" : "append"](host);
	givesFocusBack(root, standing.signal);
	dress(root, rules);
	dress(root, coloursFor(host));
	root.addEventListener("input", () => {
		isBegun = true;
	});
	root.addEventListener("click", ({ target }) => {
		const link = (target as Element).closest<HTMLAnchorElement>("#body a");
		if (link) answer("acted", { action: "link", url: link.href });
	});
	let isThere = false;
	try {
		place(frame);
		isThere = !isInPage || root.querySelector(".card")?.checkVisibility?.() !== false;
	} finally {
		if (!isThere) undo();
	}
	if (!isThere) return {};
	see(frame.isSeen);
	watchModals((isCovered) => {
		// What draws the page anew may take it away with what it stood in.
		if (!host.isConnected) frame.leave();
		// An overlay of the host's comes first (C35); but from a modal of ours, it could not be used.
		host.toggleAttribute("hidden", isCovered && !isInPage && !root.querySelector("dialog[open]"));
	}, frame.over);
	return (mayStay) => {
		if (mayStay && (settled || isBegun || frame.busy.size || talk())) return true;
		settled = true;
		leave();
	};
}
