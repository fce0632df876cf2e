/** JSON of the HTTP API, version 2. */
export const title = "Amplitude";
export const packageName = "@amplitude/analytics-browser";

export const isEvents = ({ path }) => path === "/2/httpapi";

export const decode = ({ text }) =>
	JSON.parse(text).events.map(({ insert_id, event_properties }) => ({
		id: event_properties?.bench_id,
		key: insert_id,
	}));

export const accepted = ({ events }) => ({
	body: { code: 200, events_ingested: events.length, payload_size_bytes: 0, server_upload_time: Date.now() },
});

export const configured = () => ({ body: { configs: {} } });
