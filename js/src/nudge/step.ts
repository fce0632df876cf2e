import type { Json } from "../types.js";
import type { Frame } from "./frame.js";
import { own } from "./own.js";

/** Tells of a step that somebody is at. */
export function stepped({ nudge: { id, variant }, page }: Frame, step: Json): void {
	page.track("$nudge_step", { nudge: id, variant, step: String(own(step, "id")) });
}
