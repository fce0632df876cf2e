import { AnalyticsBrowser } from "@segment/analytics-next";

let analytics;

export function start(endpoint) {
	const { host } = new URL(endpoint);
	analytics = AnalyticsBrowser.load(
		{ writeKey: "bench", cdnURL: endpoint },
		{ integrations: { "Segment.io": { apiHost: `${host}/v1`, protocol: "http" } } },
	);
	return analytics.ready();
}

export const track = (name, properties) => analytics.track(name, properties);
