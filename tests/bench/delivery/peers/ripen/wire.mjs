/** Segment's message format, as plain text, gzipped or not. Nothing is published: the playbook is the page's own. */
export const title = "Ripen";

export const isEvents = ({ path }) => path === "/v1/batch";

export const decode = ({ text }) =>
	JSON.parse(text).batch.map(({ messageId, properties }) => ({ id: properties?.bench_id, key: messageId }));

export const accepted = () => ({ body: { success: true, gzip: true } });

export const configured = () => ({ status: 404 });
