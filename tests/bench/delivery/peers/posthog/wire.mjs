/** JSON, gzipped or not, of one event or a list; by a beacon as a form's `data` in base64. */
export const title = "PostHog";
export const packageName = "posthog-js";

export const isEvents = ({ path }) => path === "/e/" || path === "/i/v0/e/";

export function decode({ text, form, fromBase64 }) {
	const json = text.startsWith("data=") ? fromBase64(form.get("data")) : text;
	const body = JSON.parse(json);
	const events = Array.isArray(body) ? body : (body.batch ?? [body]);
	return events.map(({ uuid, properties }) => ({ id: properties?.bench_id, key: uuid }));
}

export const accepted = () => ({ body: { status: 1 } });

const config = {
	token: "phc_bench",
	supportedCompression: ["gzip", "gzip-js"],
	hasFeatureFlags: false,
	analytics: { endpoint: "/i/v0/e/" },
	autocapture_opt_out: false,
	capturePerformance: false,
	sessionRecording: false,
	heatmaps: false,
	surveys: false,
	siteApps: [],
};

/** What it loads later: its configuration, its flags, and scripts of its own package. */
export function configured({ path }) {
	if (path.endsWith("/config.js")) {
		const script = `(window._POSTHOG_REMOTE_CONFIG ??= {}).phc_bench = { config: ${JSON.stringify(config)}, siteApps: [] };`;
		return { type: "text/javascript", body: script };
	}
	if (path.endsWith("/config")) return { body: config };
	if (path.startsWith("/flags")) return { body: { flags: {}, featureFlags: {}, featureFlagPayloads: {} } };
	const script = /^\/static\/(?:[\d.]+\/)?([\w-]+\.js)$/.exec(path)?.[1];
	return script ? { file: `posthog-js/dist/${script}`, type: "text/javascript" } : { status: 404 };
}
