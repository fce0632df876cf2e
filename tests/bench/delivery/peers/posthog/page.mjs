import posthog from "posthog-js";

export const start = (endpoint) =>
	// The date is the newest that this version has: its defaults of today, as the instructions for installing it say.
	posthog.init("phc_bench", { api_host: endpoint, defaults: "2026-08-30" });

export const track = (name, properties) => posthog.capture(name, properties);
