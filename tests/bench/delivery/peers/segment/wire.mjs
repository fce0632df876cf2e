/** One message a request, as JSON; the settings as its CDN has them for a source without destinations. */
export const title = "Segment";
export const packageName = "@segment/analytics-next";

export const isEvents = ({ path }) => /^\/v1\/[tpigsab]$/.test(path) || path === "/v1/batch";

export function decode({ text }) {
	const body = JSON.parse(text);
	return (body.batch ?? [body]).map(({ messageId, properties }) => ({
		id: properties?.bench_id,
		key: messageId,
	}));
}

export const accepted = () => ({ body: { success: true } });

export function configured({ path }) {
	if (!path.endsWith("/settings")) return { body: { success: true } };
	const settings = {
		integrations: {
			"Segment.io": {
				apiKey: "bench",
				unbundledIntegrations: [],
				addBundledMetadata: true,
				maybeBundledConfigIds: {},
				versionSettings: { version: "4.4.7", componentTypes: ["browser"] },
			},
		},
		plan: { track: { __default: { enabled: true, integrations: {} } } },
		edgeFunction: {},
		analyticsNextEnabled: true,
		middlewareSettings: {},
		enabledMiddleware: {},
		metrics: { sampleRate: 0 },
		legacyVideoPluginsEnabled: false,
		remotePlugins: [],
	};
	return { body: settings };
}
