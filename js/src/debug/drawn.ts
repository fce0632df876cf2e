type Drawing = Pick<typeof import("../nudge/draw.js"), "button" | "dress" | "element">;

/** By the same hand as nudges are drawn, which has to be there first: `load`. */
export let { button, dress, element } = {} as Drawing;

/** Imported, not bundled, so that their chunk is one, and smaller; and only now, for bundlers whose target has no top-level `await`. */
export async function load(): Promise<void> {
	({ button, dress, element } = await import("../nudge/draw.js"));
}
