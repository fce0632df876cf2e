import posthog from "posthog-js";

/** By default it takes ten events a second after the first hundred, and lets go of the rest. */
const everything = { rate_limiting: { events_per_second: 10_000, events_burst_limit: 100_000 } };

export const start = (endpoint, { unlimited }) =>
	new Promise((loaded) =>
		// The date is the newest that this version has: its defaults of today, as the instructions for installing it say.
		posthog.init("phc_bench", {
			api_host: endpoint,
			defaults: "2026-08-30",
			loaded,
			...(unlimited && everything),
		}),
	);

export const track = (name, properties) => posthog.capture(name, properties);
