/** The pages: one for each SDK, one without any, and a service worker that keeps them. Another origin than the endpoint. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../../../js/dist/", import.meta.url);
const types = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };

/** Whatever the page has asked its own origin for, it has without network. */
const worker = `
addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
	const { request } = event;
	if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
	event.respondWith(caches.open("site").then(async (cache) => {
		const kept = await cache.match(request);
		if (kept) return kept;
		const response = await fetch(request);
		await cache.put(request, response.clone());
		return response;
	}));
});`;

const html = (sdk) => `<!doctype html><html lang="en"><title>${sdk}</title>
<body><h1>${sdk}</h1><button>A button</button>
<script type="module" src="/sdk/${sdk}.js"></script></body></html>`;

/** `bundles`: SDK → its script. `playbook`: what ours is given. */
export async function openSite(bundles, playbook) {
	const server = createServer((request, response) => {
		const url = new URL(request.url, "http://localhost");
		const answer = (type, body, headers) =>
			response.writeHead(200, { "content-type": types[type] ?? "text/plain", ...headers }).end(body);
		const [, folder, name = ""] = url.pathname.split(/^\/([^/]+)\/?/);
		if (folder === "elsewhere") return answer(".html", "<!doctype html><title>Elsewhere</title>");
		if (folder === "worker.js") return answer(".js", worker);
		if (folder === "playbook.ripen") return answer("", playbook);
		if (folder === "sdk") return answer(".js", bundles[name.replace(".js", "")]);
		if (folder === "page") {
			const forbidden = url.searchParams.has("csp");
			const csp = `script-src 'self' ${url.searchParams.get("endpoint")}`;
			return answer(".html", html(name), forbidden ? { "content-security-policy": csp } : {});
		}
		const file = new URL(name, dist);
		if (folder === "ripen" && /^[\w./-]+$/.test(name) && existsSync(file))
			return answer(extname(name), readFileSync(fileURLToPath(file)));
		response.writeHead(404).end();
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
