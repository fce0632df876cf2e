/**
 * Where the application is served: the folder that was built, or what its own server says, all under a policy; and the
 * collector at /v1 of the same origin.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { request as ask, createServer } from "node:http";
import { connect } from "node:net";
import { extname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const types = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".mjs": "text/javascript",
	".css": "text/css",
	".json": "application/json",
	".wasm": "application/wasm",
};

/**
 * `folder` or `upstream` (an origin); `policy`, the header of pages, unless they have one of their own; `fallback`: what is not there is the page, with 200, as
 * servers of single-page applications have it. `playbook`: the compiled one that the collector publishes.
 */
export async function openSite({ folder, upstream, policy, fallback = false, playbook }) {
	const batches = [];
	const paths = [];
	const headers = (type) => ({
		"content-type": type,
		"cache-control": "no-store",
		...(type.startsWith("text/html") && { "content-security-policy": policy }),
	});
	const collect = async (request, response, path) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const sent = Buffer.concat(chunks);
		if (path === "/v1/batch") batches.push(JSON.parse(sent[0] === 0x1f ? gunzipSync(sent) : sent));
		const isPlaybook = path.startsWith("/v1/playbook/");
		response.writeHead(200, { ...headers("application/json"), etag: '"one"' });
		response.end(isPlaybook ? playbook : path.startsWith("/v1/killed/") ? "[]" : "{}");
	};
	const file = (response, path) => {
		const named = join(folder, decodeURIComponent(path), path.endsWith("/") ? "index.html" : "");
		const isThere = existsSync(named) && statSync(named).isFile();
		const found = isThere ? named : fallback && join(folder, "index.html");
		response.writeHead(found ? 200 : 404, headers(types[extname(found || "")] ?? "application/octet-stream"));
		response.end(found ? readFileSync(found) : "not found");
	};
	const pass = (request, response) => {
		const { method, url, headers: asked } = request;
		const passing = ask(new URL(url, upstream), { method, headers: asked }, (answer) => {
			const isPage = answer.headers["content-type"]?.startsWith("text/html");
			response.writeHead(answer.statusCode, {
				...answer.headers,
				...(isPage && policy && { "content-security-policy": policy }),
			});
			answer.pipe(response);
		});
		passing.once("error", () => response.destroy());
		request.pipe(passing);
	};
	const server = createServer((request, response) => {
		const path = request.url.split("?")[0];
		paths.push(path);
		if (path.startsWith("/v1/")) collect(request, response, path).catch(() => response.destroy());
		else if (upstream) pass(request, response);
		else file(response, path);
	});
	// The socket by which development servers reload pages.
	server.on("upgrade", ({ method, url, headers }, socket, head) => {
		if (!upstream) return socket.destroy();
		const { hostname, port } = new URL(upstream);
		const other = connect(port, hostname, () => {
			const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
			other.write(`${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`);
			other.write(head);
			socket.pipe(other).pipe(socket);
		});
		for (const [one, its] of [
			[socket, other],
			[other, socket],
		])
			one.on("error", () => its.destroy()).on("close", () => its.destroy());
		sockets.add(socket);
	});
	const sockets = new Set();
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		/** The paths that were asked for. */
		paths,
		events: () => batches.flatMap(({ batch }) => batch),
		close() {
			for (const socket of sockets) socket.destroy();
			server.closeAllConnections();
			server.close();
		},
	};
}
