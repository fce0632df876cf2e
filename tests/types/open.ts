// Without `ripen types` every name is right, and what is seen has the types that any playbook has.

import type { EventName, LadderName, NudgeId } from "ripen";
import { identify, init, on, page, track, trigger, view } from "ripen";

track("anything", { at: "all", deep: { er: [1, null] } });
// @ts-expect-error what JSON cannot say
track("anything", { at: () => 1 });
const name: EventName = `made_${Math.random()}`;
track(name);
page("Any");
trigger("any");
identify(undefined, { any: 1 });
const stage: string | undefined = view()?.stages.any;
const signal: number | string | boolean | undefined = view()?.signals.any;
const segments: string[] = view()?.segments ?? [];
init({ writeKey: "wk", actions: { any: ({ nudge }) => nudge.length } });
on("nudge", ({ id }) => id.length);
const ladder: LadderName = "any";
const nudge: NudgeId = "any";
export const all = [stage, signal, segments, ladder, nudge];

// A function of the host's, with events of its own.
interface ProductEvents {
	signed_up: { role: string };
	created: { count: number | null };
}
export const record = <Name extends keyof ProductEvents>(event: Name, properties: ProductEvents[Name]) =>
	track(event, properties);
