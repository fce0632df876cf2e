import { createElement, type HTMLAttributes, type Key, type ReactElement } from "react";
import type { SlotName } from "../register.js";

export interface RipenSlotProps extends Omit<HTMLAttributes<HTMLElement>, "children" | "slot"> {
	/** As nudges of the placement `slot` name it. */
	name: SlotName;
	/**
	 * So high at least, in pixels or as CSS says it, so that nothing moves when a nudge comes. A server writes it as a `style`
	 * attribute: where a policy forbids these, use `className` and a style sheet of yours.
	 */
	minHeight?: number | string | undefined;
}

/** A place for nudges of the placement `slot`. What stands in it is Ripen's: it has no children. */
export function RipenSlot({ name, minHeight, className, style, ...more }: RipenSlotProps): ReactElement {
	const kept = minHeight === undefined ? style : { display: "block", minHeight, ...style };
	// `class`: what React 18 makes of `className` on an element of its own is no class.
	return createElement("ripen-slot", { ...more, name, class: className, style: kept });
}

/** Where the element is written by hand. */
interface SlotAttributes extends HTMLAttributes<HTMLElement> {
	name: SlotName;
	class?: string | undefined;
	key?: Key | null | undefined;
}

declare module "react" {
	namespace JSX {
		interface IntrinsicElements {
			"ripen-slot": SlotAttributes;
		}
	}
}
