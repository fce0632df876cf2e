import type { Properties } from "../types.js";
import type { Frame } from "./draw.js";
import { element } from "./element.js";
import { safeUrl } from "./safe-url.js";

/** The buttons of a nudge; those that open something are links. */
export function actionsOf({ nudge, copy, page, end }: Frame): HTMLElement[] {
	const made: HTMLElement[] = [];
	for (const action of nudge.actions ?? []) {
		const id = String(action.id);
		const label = copy.label("actions", id);
		let shown: HTMLElement = element("button", { type: "button" }, label);
		if (typeof action.open === "string") {
			const url = safeUrl(action.open, location.href);
			if (!url) {
				page.warn("nudge_url_refused", `${nudge.id}: ${id}`);
				continue;
			}
			const away = url.protocol === "https:" && url.origin !== location.origin;
			shown = element(
				"a",
				{ href: url.href, target: away && "_blank", rel: away && "noopener noreferrer" },
				label,
			);
		}
		shown.addEventListener("click", () => {
			if (typeof action.track === "string") page.track(action.track, { nudge: nudge.id } as Properties);
			end(action.snooze ? "snoozed" : action.dismiss ? "dismissed" : "acted", { action: id });
		});
		made.push(shown);
	}
	return made;
}
