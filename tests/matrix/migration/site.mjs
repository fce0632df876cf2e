// The site of the small products: one page, which starts as it is told to.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = new URL("../../../js/dist/", import.meta.url);
const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
/** The package as it is: its parts load each other. */
const imports = {
	ripen: "/ripen/index.js",
	"ripen/analytics": "/ripen/analytics.js",
	"ripen/segment": "/ripen/segment.js",
};

/** As Segment's snippet begins, without what fetches their client. */
const snippet = `
const analytics = (window.analytics = window.analytics || []);
for (const method of ["track", "page", "identify", "group", "reset", "ready"])
	analytics[method] = function () {
		if (window.analytics.initialized) return window.analytics[method].apply(window.analytics, arguments);
		analytics.push([method, ...arguments]);
		return analytics;
	};`;

const html = (told) => `<!doctype html><html lang="en"><title>A small product</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script>${told.start.endsWith("snippet") ? snippet : ""}</script>
<script id="told" type="application/json">${JSON.stringify(told)}</script>
<body><script type="module" src="/main.js"></script></body></html>`;

/** `playbook`: compiled. `told`: start → what the page is told. */
export async function openSite(t, playbook) {
	const { outputFiles } = await build({
		entryPoints: [`${here}apps/main.mjs`],
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		external: Object.keys(imports),
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "error",
	});
	const [{ text: script }] = outputFiles;
	const server = createServer((request, response) => {
		const url = new URL(request.url, "http://localhost");
		const answer = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
		if (url.pathname === "/main.js") return answer("text/javascript", script);
		if (url.pathname === "/playbook.ripen") return answer("application/octet-stream", playbook);
		const file = new URL(url.pathname.replace(/^\/ripen\//, ""), dist);
		if (url.pathname.startsWith("/ripen/") && existsSync(file))
			return answer(types[extname(file.pathname)] ?? "text/plain", readFileSync(file));
		if (url.searchParams.has("told"))
			return answer("text/html", html(JSON.parse(url.searchParams.get("told"))));
		response.writeHead(404).end();
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const origin = `http://127.0.0.1:${server.address().port}`;
	return (told) => `${origin}/?${new URLSearchParams({ told: JSON.stringify(told) })}`;
}
