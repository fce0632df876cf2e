import { defineComponent, type FunctionalComponent, h } from "vue";
import type { SlotName } from "../register.js";

interface RipenSlotProps {
	/** As nudges of the placement `slot` name it. */
	name: SlotName;
	/**
	 * So high at least, in pixels or as CSS says it, so that nothing moves when a nudge comes. A server writes it as a `style`
	 * attribute: where a policy forbids these, use a class and a style sheet of yours.
	 */
	minHeight?: number | string | undefined;
}

/** A place for nudges of the placement `slot`. What stands in it is Ripen's: it has no children. */
export const RipenSlot: FunctionalComponent<RipenSlotProps> = defineComponent({
	name: "RipenSlot",
	props: { name: { type: String, required: true }, minHeight: { type: [Number, String] } },
	setup: (props) => () => {
		const { name, minHeight } = props;
		const height = typeof minHeight === "number" ? `${minHeight}px` : minHeight;
		return h("ripen-slot", { name, style: height && { display: "block", minHeight: height } });
	},
}) as never;
