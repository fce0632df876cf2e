import type { Page } from "./nudge/frame.js";
import type { Nudge, Properties } from "./types.js";

/** What is on screen for a look at it. */
let shown: (() => void) | undefined;

/** Draws a nudge as it would be drawn, whatever holds it back. Nothing that is done with it is recorded. */
export async function preview(page: Page, appearance: Properties | undefined, id: string): Promise<void> {
	shown?.();
	const { warn } = page;
	if (!appearance) return warn("preview_unknown", id);
	const found = appearance as unknown as Nudge;
	const { find, prepare, selectorOf, wordsOf } = await import("./nudge/draw.js");
	const words = wordsOf(found, page.locale, page.view);
	const nudge: Nudge = { ...found, id, text: words.text, nodes: words.rich, report() {} };
	const silent: Page = {
		...page,
		locale: page.locale,
		track() {},
		apply() {},
		flush: async () => ({ waiting: 0 }),
		action: (name) => page.action(name) && (() => {}),
	};
	const over = new AbortController();
	shown = () => over.abort();
	const selector = selectorOf(found);
	// Who looks at it need not look for it.
	if (selector !== undefined)
		find(String(selector))?.scrollIntoView({ block: "center", behavior: "instant" });
	const draw = await prepare(nudge, words, silent, over.signal);
	if (!draw || over.signal.aborted) return;
	const gone = () => {
		shown = undefined;
	};
	const drawn = typeof draw === "object" ? draw : draw(silent, gone, () => {});
	if (typeof drawn === "object") return warn("nudge_anchor_missing", id);
	shown = drawn;
}
