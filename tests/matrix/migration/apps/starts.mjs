// How each of the small products starts: before, beside, and after. `told`: where the two sinks are.
import * as amplitude from "@amplitude/analytics-browser";
import { AnalyticsBrowser } from "@segment/analytics-next";
import posthog from "posthog-js";
import * as ripen from "ripen";
import { beside, createAnalytics, keepAnonymousId, replaceGlobal, segmentAnonymousId } from "ripen/analytics";
import { follow, middleware } from "ripen/segment";
import { app as byAmplitude } from "./by-amplitude.mjs";
import { app as byAnalytics } from "./by-analytics.mjs";
import { app as byPosthog } from "./by-posthog.mjs";
import { app as byRipen } from "./by-ripen.mjs";

const segment = ({ theirs }) =>
	AnalyticsBrowser.load(
		{ writeKey: "segment", cdnURL: theirs },
		{ integrations: { "Segment.io": { apiHost: `${new URL(theirs).host}/v1`, protocol: "http" } } },
	);
const ours = ({ ours }, more) =>
	ripen.init({ writeKey: "migrated", host: ours, playbook: "/playbook.ripen", published: false, ...more });

const posthogOptions = ({ theirs }) => ({
	api_host: theirs,
	autocapture: false,
	capture_pageview: false,
	capture_pageleave: false,
	disable_session_recording: true,
	person_profiles: "always",
	loaded: byPosthog,
});
const amplitudeOptions = ({ theirs }) => ({
	serverUrl: `${theirs}/2/httpapi`,
	remoteConfig: { fetchRemoteConfig: false },
	autocapture: false,
});

export const starts = {
	"segment-before": (told) => byAnalytics(segment(told)),
	"segment-instead"(told) {
		keepAnonymousId("migrated", segmentAnonymousId());
		ours(told);
		byAnalytics(createAnalytics(ripen, { writeKey: "migrated" }));
	},
	"segment-snippet"(told) {
		ours(told);
		byAnalytics(window.analytics);
		replaceGlobal(ripen);
	},
	"segment-followed"(told) {
		const analytics = segment(told);
		ours(told);
		follow(analytics, ripen);
		byAnalytics(analytics);
	},
	"segment-middleware"(told) {
		const analytics = segment(told);
		ours(told);
		analytics.addSourceMiddleware(middleware(ripen));
		byAnalytics(analytics);
	},
	"segment-beside"(told) {
		ours(told);
		byAnalytics(beside(segment(told), ripen));
	},
	/** Segment delivers; Ripen evaluates, and sends nothing. */
	"segment-pipe"(told) {
		const analytics = segment(told);
		ours(told, { mode: "off" });
		follow(analytics, ripen);
		byAnalytics(analytics);
	},
	"posthog-before"(told) {
		posthog.init("phc_bench", posthogOptions(told));
	},
	"posthog-beside"(told) {
		ours(told);
		/** Without what PostHog has added. */
		const mine = (properties) =>
			Object.fromEntries(
				Object.entries(properties).filter(([name]) => !/^\$|^token$|^distinct_id$/.test(name)),
			);
		posthog.init("phc_bench", {
			...posthogOptions(told),
			before_send(event) {
				if (event && !event.event.startsWith("$")) ripen.track(event.event, mine(event.properties));
				return event;
			},
		});
	},
	"amplitude-before"(told) {
		amplitude.init("amplitude", amplitudeOptions(told));
		byAmplitude();
	},
	"amplitude-beside"(told) {
		ours(told);
		amplitude.add({
			name: "ripen",
			type: "enrichment",
			setup: async () => {},
			async execute(event) {
				if (!/^(\$|\[Amplitude\])/.test(event.event_type))
					ripen.track(event.event_type, event.event_properties);
				return event;
			},
		});
		amplitude.init("amplitude", amplitudeOptions(told));
		byAmplitude();
	},
	after(told) {
		ours(told);
		byRipen();
	},
};
