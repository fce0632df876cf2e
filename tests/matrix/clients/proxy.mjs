/**
 * Between a client and the collector: the first request is told that the collector is overloaded, of the second the answer
 * is lost after the commit, and all others pass. What the client sent is kept; `acknowledged` resolves when so
 * many different messages were taken, and the client was told so.
 */
import { once } from "node:events";
import { request as ask, createServer } from "node:http";
import { gunzipSync } from "node:zlib";

/** Of a body that is one message, or a batch of them. */
function idsOf(body) {
	const text = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
	const message = JSON.parse(text);
	return (message.batch ?? [message]).map(({ messageId }) => messageId);
}

export async function startProxy(t, collector) {
	const { hostname, port } = new URL(collector);
	const requests = [];
	const taken = new Set();
	const server = createServer(async (incoming, response) => {
		const chunks = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const { method, url, headers } = incoming;
		const body = Buffer.concat(chunks);
		const turn = method === "POST" ? requests.push({ url, headers, body }) : 0;
		if (turn === 1) {
			const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" };
			response.writeHead(503, { ...cors, "retry-after": "1", "content-type": "application/json" });
			response.end(JSON.stringify({ success: false, code: "overloaded", message: "as a test wants it" }));
			return;
		}
		const passing = ask({ hostname, port, method, path: url, headers }, (answer) => {
			const kept = [];
			answer.on("data", (chunk) => kept.push(chunk));
			answer.on("end", () => {
				if (turn > 0) Object.assign(requests[turn - 1], { status: answer.statusCode });
				if (turn === 2) {
					response.destroy();
					return;
				}
				if (turn > 2 && answer.statusCode === 200) {
					for (const id of idsOf(body)) taken.add(id);
					server.emit("taken");
				}
				response.writeHead(answer.statusCode, answer.headers);
				response.end(Buffer.concat(kept));
			});
		});
		passing.once("error", () => response.destroy());
		passing.end(body);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const acknowledged = async (count) => {
		const signal = AbortSignal.timeout(120_000);
		while (taken.size < count) await once(server, "taken", { signal });
	};
	return { requests, acknowledged, host: `127.0.0.1:${server.address().port}` };
}
