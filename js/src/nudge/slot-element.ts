import { dress } from "./dress.js";
import { element } from "./element.js";

/** Makes `<ripen-slot>` an element of its own: a block, unless the page says otherwise. */
export function defineSlot(): void {
	if (!customElements.get("ripen-slot"))
		customElements.define(
			"ripen-slot",
			class extends HTMLElement {
				constructor() {
					super();
					const root = this.attachShadow({ mode: "open" });
					root.append(element("slot"));
					dress(root, ":host(:not([hidden])){display:block}");
				}
			},
		);
}
