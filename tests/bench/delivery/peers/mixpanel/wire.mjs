/** A form whose `data` is JSON, or that in base64: one event or a list. */
export const title = "Mixpanel";
export const packageName = "mixpanel-browser";

export const isEvents = ({ path }) => path === "/track/";

export function decode({ form, fromBase64 }) {
	const data = form.get("data");
	const body = JSON.parse(/^[[{]/.test(data) ? data : fromBase64(data));
	return [body].flat().map(({ properties }) => ({ id: properties?.bench_id, key: properties?.$insert_id }));
}

export const accepted = ({ query }) =>
	query.get("verbose") ? { body: { status: 1, error: null } } : { body: 1 };

export const configured = accepted;
