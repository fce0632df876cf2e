/** One message a request, as JSON; the source's configuration as the vendor's control plane has it, without destinations. */
export const title = "RudderStack";
export const packageName = "@rudderstack/analytics-js";

export const isEvents = ({ path }) => /^\/v1\/(track|page|identify|group|alias|batch)$/.test(path);

export function decode({ text }) {
	const body = JSON.parse(text);
	return (body.batch ?? [body]).map(({ messageId, properties }) => ({
		id: properties?.bench_id,
		key: messageId,
	}));
}

export const accepted = () => ({ type: "text/plain", body: "OK" });

export const configured = () => ({
	body: {
		source: {
			id: "bench",
			name: "bench",
			writeKey: "bench",
			workspaceId: "bench",
			enabled: true,
			config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
			connections: [],
			destinations: [],
			updatedAt: "2026-01-01T00:00:00.000Z",
		},
		updatedAt: "2026-01-01T00:00:00.000Z",
	},
});
