// Its plugins, the queue among them, in the package: the other build loads them from the vendor's CDN.
import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

const analytics = new RudderAnalytics();

export function start(endpoint) {
	analytics.load("bench", endpoint, { configUrl: endpoint });
	return new Promise((ready) => analytics.ready(ready));
}

export const track = (name, properties) => analytics.track(name, properties);
