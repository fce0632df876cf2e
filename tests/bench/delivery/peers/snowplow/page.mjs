import { newTracker, trackStructEvent } from "@snowplow/browser-tracker";

export const start = (endpoint) => newTracker("bench", endpoint, { appId: "bench" });

/** A structured event has four fields instead of properties; the label is ours. */
export const track = (name, { bench_id: label }) =>
	trackStructEvent({ category: "bench", action: name, label });
