import { newTracker, trackStructEvent } from "@snowplow/browser-tracker";

export const start = (endpoint) => newTracker("bench", endpoint, { appId: "bench" });

/** A structured event has fields instead of properties: the label is ours, and what makes it large is the property. */
export const track = (name, { bench_id: label, padding: property }) =>
	trackStructEvent({ category: "bench", action: name, label, property });
