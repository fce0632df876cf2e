/** A collector that counts what really arrives, speaks as each SDK expects, and can be told to fail. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { opened } from "./body.mjs";

/** What may be done to a request for events, or for configuration. */
const faults = {
	/** Takes the request, and answers with an error. */
	status: ({ response, fault }) => {
		const after = fault.retryAfter ? { "retry-after": fault.retryAfter } : {};
		response.writeHead(fault.status, { ...after, "content-type": "application/json" }).end("{}");
	},
	/** The connection breaks, and nothing is kept. */
	cut: ({ request }) => request.socket.destroy(),
	/** No answer, for as long as the row runs. */
	hold: () => {},
};

export async function openEndpoint(wire, files) {
	/** Id of ours → the SDK's own ids of what arrived, one for each time. */
	const arrivals = new Map();
	/** Of events: when each came, in milliseconds of the process, and how large its body was. */
	const requests = [];
	/** What a browser asks before it asks. */
	let preflights = 0;
	/** Scripts that were asked for. */
	const scripts = new Map();
	const failing = { events: undefined, config: undefined };
	const strange = [];

	const take = (request) => {
		const events = wire.decode(request).filter(({ id }) => id !== undefined);
		for (const { id, key } of events) arrivals.set(id, [...(arrivals.get(id) ?? []), key]);
		return events;
	};

	const server = createServer(async (request, response) => {
		const origin = request.headers.origin;
		if (origin) {
			response.setHeader("access-control-allow-origin", origin);
			response.setHeader("access-control-allow-credentials", "true");
			response.setHeader("access-control-expose-headers", "Date, Retry-After");
		}
		// A page with a precise clock takes nothing else from elsewhere.
		response.setHeader("cross-origin-resource-policy", "cross-origin");
		if (request.method === "OPTIONS") {
			preflights++;
			response.setHeader("access-control-allow-methods", "GET, POST, PUT");
			response.setHeader(
				"access-control-allow-headers",
				request.headers["access-control-request-headers"] ?? "",
			);
			return response.writeHead(204).end();
		}
		const url = new URL(request.url, "http://localhost");
		const chunks = [];
		try {
			for await (const chunk of request) chunks.push(chunk);
		} catch {
			return; // It was broken off by the page: nothing has arrived.
		}
		const bytes = Buffer.concat(chunks);
		const what = { path: url.pathname, query: url.searchParams, ...opened(bytes) };
		const kind = wire.isEvents(what) ? "events" : "config";
		if (kind === "events") requests.push({ at: performance.now(), bytes: bytes.length });
		const fault = failing[kind];
		if (fault && fault.kind !== "commit") return faults[fault.kind]({ request, response, fault });
		let answer;
		try {
			answer = kind === "events" ? wire.accepted({ ...what, events: take(what) }) : wire.configured(what);
		} catch (error) {
			strange.push(`${what.path}: ${error.message}`);
			return response.writeHead(400).end();
		}
		// It has them, and nobody is told.
		if (fault) return request.socket.destroy();
		const { type, body, file } = answer;
		if (/javascript/.test(type)) scripts.set(url.pathname, file ? readFileSync(join(files, file)) : body);
		send(response, answer, kind, files);
	});
	// Idle connections are not what is tried here.
	server.keepAliveTimeout = 60_000;
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		arrivals,
		requests,
		scripts,
		strange,
		get preflights() {
			return preflights;
		},
		/** From now on, of `which` (events or config): `{kind: "status", status, retryAfter}`, `{kind: "cut"}` … */
		fail(fault, which = "events") {
			failing[which] = fault;
		},
		work() {
			failing.events = failing.config = undefined;
		},
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

function send(response, { status = 200, type = "application/json", body, file }, kind, files) {
	const headers = { "content-type": type };
	// As a CDN does: what has been loaded once is there for a while, without network too.
	if (kind === "config" && status === 200) headers["cache-control"] = "public, max-age=600";
	response.writeHead(status, headers);
	if (file) return response.end(readFileSync(join(files, file)));
	response.end(type === "application/json" && body !== undefined ? JSON.stringify(body) : body);
}
