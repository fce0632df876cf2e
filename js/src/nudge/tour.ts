import type { Json, Properties } from "../types.js";
import { waitFor } from "./anchor.js";
import { cardBeside, showBeside } from "./anchored.js";
import { cardOf, closedByEscape, saidOf } from "./card.js";
import { button, type Child, element } from "./element.js";
import type { Frame } from "./frame.js";
import { listOf, own } from "./own.js";
import { stepped } from "./step.js";

/** Step after step, each beside what it is about, or in the middle. A step whose anchor does not come is left out. */
export function drawTour(frame: Frame, ...content: Child[]): void {
	const { nudge, wording, page, root, over, end, say } = frame;
	const steps: Json[] = listOf(nudge.steps);
	if (!steps.length) throw new Error("no steps");
	/** Of the step on screen, and of the one that is looked for. */
	let standing: AbortController | undefined;
	let looking: AbortController | undefined;
	let shown: HTMLElement | undefined;
	let at = -1;
	/** What the step on screen points at has gone. */
	let isLost = false;
	/** Who was in the last step by keyboard goes on in the next. */
	const hasFocus = () => root.activeElement !== null;

	const draw = (to: number, found: HTMLElement | undefined) => {
		const step = steps[to] as Json;
		const selector = own(step, "anchor");
		standing?.abort();
		standing = new AbortController();
		isLost = false;
		const focused = hasFocus();
		at = to;
		stepped(frame, step);
		const path = ["steps", String(own(step, "id"))];
		const isLast = to === steps.length - 1;
		const go = (by: 1 | -1) => () => frame.goBy?.(by);
		const next = button("next", wording.text(isLast ? "done" : "next") || (isLast ? "Done" : "Next"), go(1), {
			class: "primary",
		});
		const moves = [
			next,
			...(to ? [button("back", wording.text("back") || "Back", go(-1))] : []),
			element("span", { class: "progress small", part: "progress" }, `${to + 1} / ${steps.length}`),
		];
		const card = cardBeside(
			frame,
			found ? "" : "middle",
			cardOf(frame, [element("div", { class: "actions", part: "actions" }, ...moves), ...content], path),
		);
		closedByEscape(card, frame.close);
		const last = shown;
		shown = card;
		root.append(card);
		if (found) {
			found.scrollIntoView({ block: "nearest", inline: "nearest" });
			const gone = () => {
				isLost = true;
				if (!looking) frame.leave();
			};
			showBeside(
				frame,
				card,
				{ ...(step as Properties), anchor: found, selector: selector as string, isRinged: true, gone },
				standing.signal,
			);
		} else card.showPopover?.();
		// Who is in it hears it as they come into the next one; the others are told.
		if (focused) next.focus();
		else say(saidOf(wording, path));
		last?.remove();
	};
	/** The step on screen stays until there is another one. */
	const goBy = async (by: 1 | -1) => {
		looking?.abort();
		const look = new AbortController();
		looking = look;
		for (let to = at + by; to in steps; to += by) {
			const step = steps[to] as Json;
			const selector = own(step, "anchor");
			const isAnchored = typeof selector === "string";
			const found = isAnchored
				? await waitFor(selector, page.clock, own(step, "wait"), look.signal)
				: undefined;
			if (look.signal.aborted) return;
			if (found || !isAnchored) {
				looking = undefined;
				return draw(to, found);
			}
			page.warn("nudge_anchor_missing", `${nudge.id}: ${own(step, "id")}`);
		}
		looking = undefined;
		if (by > 0 && at === steps.length - 1) end("acted", { action: "done" });
		// Its end, which would be the answer, was never seen.
		else if (by > 0 || isLost) frame.leave();
	};
	frame.goBy = (by) => void goBy(by).catch(frame.fail);
	over.addEventListener("abort", () => {
		standing?.abort();
		looking?.abort();
	});
	frame.goBy(1);
}
