// Its plugins, the queue among them, in the package: the other build loads them from the vendor's CDN.
import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";

const analytics = new RudderAnalytics();

export const start = (endpoint) => analytics.load("bench", endpoint, { configUrl: endpoint });

export const track = (name, properties) => analytics.track(name, properties);
