// A server of files and nothing else: what a product is served by where no collector runs.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { at } from "../../xtask/places.mjs";

const types = {
	".css": "text/css",
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".svg": "image/svg+xml",
	".wasm": "application/wasm",
	".woff2": "font/woff2",
};

/** The sample product, on a port of its own. `close` frees the port. */
export async function serveFiles(t) {
	const server = createServer(async ({ method, url }, response) => {
		const path = new URL(url, "http://localhost").pathname.replace(/\/$/, "/index.html");
		try {
			if (method !== "GET") throw new Error("a server of files takes nothing");
			const content = await readFile(join(at("www/dist"), path));
			const type = types[extname(path)] ?? "application/octet-stream";
			response.writeHead(200, { "content-type": type, "cache-control": "no-cache" }).end(content);
		} catch {
			response.writeHead(404, { "content-type": "text/plain" }).end("not found");
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	const close = async () => {
		server.closeAllConnections();
		if (server.listening) await new Promise((resolve) => server.close(resolve));
	};
	t.after(close);
	return { origin: `http://127.0.0.1:${port}`, port, close };
}
