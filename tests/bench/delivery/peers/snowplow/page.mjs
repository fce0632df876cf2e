import { newTracker, trackSelfDescribingEvent, trackStructEvent } from "@snowplow/browser-tracker";

export const start = (endpoint) => newTracker("bench", endpoint, { appId: "bench" });

/**
 * A structured event has fields instead of properties: the label is ours, and what makes it large is the property. What has
 * more is an event that says what it consists of.
 */
export function track(name, { bench_id: label, padding: property, ...more }) {
	if (Object.keys(more).length === 0) trackStructEvent({ category: "bench", action: name, label, property });
	else {
		const schema = `iglu:com.example/${name}/jsonschema/1-0-0`;
		trackSelfDescribingEvent({ event: { schema, data: { bench_id: label, ...more } } });
	}
}
