// What may be written with `ripen/svelte`, and what may not.

import type { Nudge, View } from "ripen";
import * as ripen from "ripen";
import { type Stores, stores } from "ripen/svelte";
import type { SvelteHTMLElements } from "svelte/elements";
import { get, type Readable } from "svelte/store";

export function intended(initialView: View): Stores {
	const { view, select, stage, nudge } = stores(ripen, { writeKey: "demo" }, { initialView, hydrate: true });
	const whole: Readable<View | undefined> = view;
	const busy: Readable<boolean | undefined> = select(({ segments }) => segments.includes("busy"));
	const journey: Readable<string | undefined> = stage("journey");
	const due: Readable<Nudge | undefined> = nudge;
	get(due)?.report("acted");
	ripen.track("opened", { busy: get(busy), stage: get(journey), at: get(whole)?.at });
	return stores(ripen);
}

export const slot: SvelteHTMLElements["ripen-slot"] = { name: "side", class: "wide" };

export function forbidden(): void {
	// @ts-expect-error options need a key
	stores(ripen, {});
	// @ts-expect-error a view has no such thing
	stores(ripen).select((view) => view.stage);
	// @ts-expect-error nobody sets it
	stores(ripen).view.set(undefined);
}
// @ts-expect-error a slot has a name
export const nameless: SvelteHTMLElements["ripen-slot"] = { class: "wide" };
