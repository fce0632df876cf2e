// One page for all, into which an SDK's script is loaded; isolated from other origins, so that its clock has steps of 5 µs
// instead of 100. Another origin than the endpoint's.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";

const types = {
	".js": "text/javascript",
	".mjs": "text/javascript",
	".wasm": "application/wasm",
	".css": "text/css",
};
const isolated = {
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-embedder-policy": "require-corp",
};
const html = `<!doctype html><html lang="en"><title>Beside each other</title>
<script type="module" src="/bench/in-page.mjs"></script>
<body><h1>A page</h1><p>With some words in it.</p><button id="target">A button</button></body></html>`;

const dist = new URL("../../../js/dist/", import.meta.url);

/** `bundles`: path → script. `playbook`: what ours is given. */
export async function openSite(bundles, playbook, ripen = dist) {
	const folders = { bench: new URL("./", import.meta.url), ripen };
	const served = new Map();
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url, "http://localhost");
		const answer = (type, body) => {
			// The benchmark itself does not count, nor what is no code.
			if (/javascript|wasm/.test(type) && !pathname.startsWith("/bench/")) served.set(pathname, body);
			response.writeHead(200, { "content-type": type, ...isolated }).end(body);
		};
		if (pathname === "/") return answer("text/html; charset=utf-8", html);
		if (pathname === "/playbook.ripen") return answer("application/octet-stream", playbook);
		const [, folder, name = ""] = pathname.split(/^\/([^/]+)\/?/);
		const script = bundles[pathname.slice(1)];
		if (script) return answer(types[".js"], script);
		const file = folders[folder] && new URL(name, folders[folder]);
		if (file && /^[\w./-]+$/.test(name) && existsSync(file))
			return answer(types[extname(name)] ?? "text/plain", readFileSync(file));
		response.writeHead(404).end();
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${server.address().port}`,
		/** Path → body of the scripts and modules that were asked for since. */
		asked() {
			const all = new Map(served);
			served.clear();
			return all;
		},
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
