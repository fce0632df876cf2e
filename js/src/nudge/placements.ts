import { actionsOf } from "./actions.js";
import { drawHotspot, drawTooltip } from "./anchored.js";
import { checklistOf } from "./checklist.js";
import { drawEdge } from "./edge.js";
import { element } from "./element.js";
import { formOf } from "./form.js";
import type { Frame, Placement } from "./frame.js";
import { drawInline } from "./inline.js";
import { drawModal } from "./modal.js";
import { own } from "./own.js";
import { questionOf } from "./question.js";
import { goesByItself } from "./toast.js";
import { drawTour } from "./tour.js";

const actionsIn = (frame: Frame) => {
	const actions = actionsOf(frame);
	return actions.length && element("div", { class: "actions", part: "actions" }, ...actions);
};
/** The actions, and the form if it has fields: there is room for both. */
const wholeOf = (frame: Frame) =>
	own(frame.nudge.form, "fields")
		? formOf(frame, actionsOf(frame, true), () => (frame.root.querySelector(".close") as HTMLElement).focus())
		: actionsIn(frame);

/** By their kinds. One chunk: all of them together are smaller than the requests for what few pages need. */
export const placements: Record<string, Placement> = {
	banner: (frame) => (frame.anchor ? drawInline : drawEdge)(frame, actionsIn(frame)),
	slide_out: (frame) => drawEdge(frame, wholeOf(frame)),
	modal: (frame) => drawModal(frame, wholeOf(frame)),
	toast: (frame) => {
		drawEdge(frame, actionsIn(frame));
		goesByItself(frame);
	},
	slot: (frame) => drawInline(frame, actionsIn(frame)),
	tooltip: (frame) => drawTooltip(frame, actionsIn(frame)),
	hotspot: (frame) => drawHotspot(frame, actionsIn(frame)),
	tour: (frame) => drawTour(frame, actionsIn(frame)),
	checklist: (frame) => drawEdge(frame, checklistOf(frame), actionsIn(frame)),
	ask: (frame) => drawEdge(frame, questionOf(frame, actionsOf(frame, true))),
};
