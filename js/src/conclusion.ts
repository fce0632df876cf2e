import { Exposed } from "./exposed.js";

/** What follows from other events is for the collector alone: nobody folds it. (`CONCLUSIONS` in `src/engine/event.rs`.) */
const conclusions: string[] = [Exposed.Event, "$stage_changed", "$moment_fired", "$digest"];

export const isConclusion = (event: string | undefined) => conclusions.includes(`${event}`);
