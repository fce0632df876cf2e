// Where events come to: what speaks as another product's servers do, and what answers as our collector does. Both keep all.
import { createServer } from "node:http";
import { opened } from "../../bench/delivery/body.mjs";
import { listed } from "./listed.mjs";

/** `wire`: how the other product's requests are told apart, and answered (tests/bench/delivery/peers). */
async function open(t, { isEvents, accepted, configured }, list) {
	const all = [];
	const server = createServer(async (request, response) => {
		response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
		response.setHeader("access-control-allow-credentials", "true");
		if (request.method === "OPTIONS") {
			response.setHeader("access-control-allow-methods", "GET, POST");
			response.setHeader(
				"access-control-allow-headers",
				request.headers["access-control-request-headers"] ?? "",
			);
			return response.writeHead(204).end();
		}
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const { pathname: path } = new URL(request.url, "http://localhost");
		const what = { path, ...opened(Buffer.concat(chunks)) };
		let answer;
		if (isEvents(what)) {
			const events = list(what);
			all.push(...events);
			answer = accepted({ ...what, events });
		} else answer = configured(what);
		const { status = 200, type = "application/json", body } = answer;
		response.writeHead(status, { "content-type": type });
		response.end(type === "application/json" ? JSON.stringify(body ?? {}) : body);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return { origin: `http://127.0.0.1:${server.address().port}`, all };
}

/** The servers of `peer`. */
export async function openTheirs(t, peer) {
	const wire = await import(`../../bench/delivery/peers/${peer}/wire.mjs`);
	return open(t, wire, listed[peer]);
}

/** Our collector, as far as a page sees it. */
export const openOurs = (t) =>
	open(
		t,
		{
			isEvents: ({ path }) => path === "/v1/batch",
			accepted: () => ({ body: {} }),
			configured: () => ({ status: 404, body: {} }),
		},
		listed.ripen,
	);
