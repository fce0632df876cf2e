/**
 * Ripen in Svelte, 4 and 5: stores. They keep Svelte's store contract and import nothing, neither of Svelte nor of Ripen.
 *
 * @example
 * // ripen.ts
 * import * as ripen from "ripen";
 * import { stores } from "ripen/svelte";
 *
 * export const { view, stage, nudge } = stores(ripen, { writeKey: "demo" });
 *
 * // In a component:
 * // const journey = stage("journey");
 * // <p>You are {$journey ?? "new here"}.</p>
 */

import type { Bindable } from "./bound/client.js";
import { watchNudge } from "./bound/nudge.js";
import { watchView } from "./bound/view.js";
import type { LadderName, StageOf } from "./register.js";
import { type Readable, readable } from "./svelte/readable.js";
import type { Nudge, Options, View } from "./types.js";

export type { Bindable } from "./bound/client.js";
export type { Readable } from "./svelte/readable.js";
export type { SlotAttributes } from "./svelte/slot.js";

export interface Stores {
	/** How the product sees the person; undefined while nothing is known. */
	view: Readable<View | undefined>;
	/** What you select of it; it changes only if that says something else than before. */
	select<Selected>(select: (view: View) => Selected): Readable<Selected | undefined>;
	/** The rung of a ladder that the person is on. */
	stage<Ladder extends LadderName>(ladder: Ladder): Readable<StageOf<Ladder> | undefined>;
	/**
	 * The nudge that is due and that you draw: one of the placement `headless`, or any with `nudges: false` in the options.
	 * Report that it is shown and what becomes of it, where that happens; then it is due no more. Undefined as well when it
	 * is to be taken away.
	 */
	nudge: Readable<Nudge | undefined>;
}

export interface StoreOptions {
	/** How a server saw the person when it rendered, by `ripen/node`: it stands until the client knows. */
	initialView?: View | undefined;
	/** Pages are rendered on a server: what is there in the browser's first turn is the same, `initialView` or nothing. */
	hydrate?: boolean | undefined;
}

/** The stores of one client. It is started if there are `options`. On a server they say what they begin with. */
export function stores(
	client: Bindable,
	options?: Options,
	{ initialView, hydrate }: StoreOptions = {},
): Stores {
	if (options) client.init(options);
	const seen = watchView(client, initialView);
	const due = watchNudge(client, () => options)();
	/** The first frame is the server's. */
	let isFirst = hydrate === true;
	const begun = () => {
		if (!isFirst) return;
		return Promise.resolve().then(() => {
			isFirst = false;
		});
	};
	const of = <Value>(value: (view: View | undefined) => Value | undefined) =>
		readable(
			seen.watch,
			() => value(isFirst ? seen.initial : seen.now()),
			() => value(seen.initial),
			begun,
		);
	const select: Stores["select"] = (select) => of((view) => view && select(view));
	return {
		view: of((view) => view),
		select,
		stage: <Ladder extends LadderName>(ladder: Ladder) =>
			select((view) => view.stages[ladder] as StageOf<Ladder> | undefined),
		nudge: readable(due.watch, due.now, () => undefined),
	};
}
