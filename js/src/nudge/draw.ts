import type { Warn } from "../core.js";
import type { Face } from "../keeper.js";
import type { Nudge, Properties } from "../types.js";
import { drawBanner } from "./banner.js";
import { type Copy, copyFor } from "./content.js";
import { drawModal } from "./modal.js";
import { dress } from "./style.js";

/** What a nudge has to do with besides what it says. */
export interface Page {
	warn: Warn;
	view: Face["view"];
	track(event: string, properties: Properties): void;
}

/** What every placement needs. */
export interface Frame {
	nudge: Nudge;
	copy: Copy;
	page: Page;
	root: ShadowRoot;
	/** What became of it; once, however often it is called. Then it goes. */
	end(outcome: "dismissed" | "snoozed" | "acted", properties?: Properties): void;
	/** The same without going, where something is still to be said. */
	settle(outcome: "dismissed" | "snoozed" | "acted", properties?: Properties): void;
}

/** Draws it and takes it away again, returning what closes it. */
export type Placement = (frame: Frame) => () => void;

const placements: Record<string, Placement> = { banner: drawBanner, modal: drawModal };

/**
 * Draws a nudge; undefined if its placement is not known. Returns what takes it away where nobody has answered it.
 * `free` is called when it is gone.
 */
export function draw(nudge: Nudge, page: Page, locale: string, free: () => void): (() => void) | undefined {
	const placement = placements[String(nudge.placement?.kind)];
	if (!placement) {
		page.warn("nudge_placement_unknown", nudge.id);
		return;
	}
	const host = document.createElement("ripen-nudge");
	const root = host.attachShadow({ mode: "open" });
	const copy = copyFor(nudge.content, locale);
	if (copy.locale) host.lang = copy.locale;
	dress(root);
	let settled = false;
	let close: (() => void) | undefined;
	const go = () => {
		const closing = close;
		close = undefined;
		if (!closing) return;
		closing();
		host.remove();
		free();
	};
	const frame: Frame = {
		nudge,
		copy,
		page,
		root,
		settle(outcome, properties) {
			if (settled) return;
			settled = true;
			nudge.report(outcome, properties);
		},
		end(outcome, properties) {
			frame.settle(outcome, properties);
			go();
		},
	};
	document.body.append(host);
	try {
		close = placement(frame);
	} catch (error) {
		host.remove();
		throw error;
	}
	nudge.report("shown");
	return () => {
		settled = true;
		go();
	};
}

/** Whether the page is visible and the host shows no modal dialog of its own. */
export const isClear = () =>
	!document.hidden &&
	[...document.querySelectorAll<HTMLElement>('dialog:modal, [aria-modal="true"]')].every(
		(dialog) => dialog.checkVisibility?.() === false,
	);

/** Resolves when it is (C35). */
export function clearOfOthers(): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (!isClear()) return;
			observer.disconnect();
			document.removeEventListener("visibilitychange", look);
			resolve();
		};
		const observer = new MutationObserver(look);
		observer.observe(document, { subtree: true, childList: true, attributes: true });
		document.addEventListener("visibilitychange", look);
		look();
	});
}
