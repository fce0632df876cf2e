// A collector as far as a proxy can tell: it says what came, and answers by what is asked for.
import { once } from "node:events";
import { createServer } from "node:http";

/** What it answers with: a time that no proxy would have made up, and what pages of other origins may read. */
export const always = {
	date: "Thu, 01 Jan 2026 00:00:00 GMT",
	"access-control-allow-origin": "*",
	"access-control-expose-headers": "date,etag,retry-after",
};

export async function startUpstream(t) {
	const seen = [];
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const { method, url, headers } = request;
		seen.push({ method, url, headers, body: Buffer.concat(chunks) });
		const answer = (status, more = {}, body = "{}") =>
			response.writeHead(status, { "content-type": "application/json", ...always, ...more }).end(body);
		if (/busy/.test(url)) return answer(429, { "retry-after": "17" });
		if (url.startsWith("/v1/playbook/")) {
			const fresh = { etag: '"revision-1"', "cache-control": "public, max-age=60" };
			if (headers["if-none-match"] === fresh.etag)
				return response.writeHead(304, { ...always, ...fresh }).end();
			return answer(200, { ...fresh, "content-type": "application/octet-stream" }, Buffer.of(0, 255, 10, 13));
		}
		if (url.startsWith("/v1/killed/")) return answer(200, {}, "[]");
		answer(200, {}, '{"gzip":true}');
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return { seen, origin: `http://127.0.0.1:${server.address().port}` };
}
