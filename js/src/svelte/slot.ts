import type { HTMLAttributes } from "svelte/elements";
import type { SlotName } from "../register.js";

/** A place for nudges of the placement `slot`: `<ripen-slot name="sidebar"></ripen-slot>`. */
export interface SlotAttributes extends HTMLAttributes<HTMLElement> {
	/** As nudges name it. */
	name: SlotName;
}

declare module "svelte/elements" {
	interface SvelteHTMLElements {
		"ripen-slot": SlotAttributes;
	}
}
