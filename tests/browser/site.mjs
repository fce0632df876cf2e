// A page that uses the face, and a collector that can be told to fail: served by one small server of each test.
import { cpSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { buildFace } from "../../js/build.mjs";
import { keptOf } from "./kept.mjs";
import { outputFolder } from "./output.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const types = { ".js": "text/javascript", ".html": "text/html; charset=utf-8", ".wasm": "application/wasm" };

/** As the collector answers, so that a page of another origin may use it. */
const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "Date, Retry-After" };

const handClock = readFileSync(join(here, "../../js/test/hand-clock.mjs"));

/** Builds the face beside the fake module; the place of the built files. */
export async function buildSite() {
	const dist = outputFolder("face");
	await buildFace(dist);
	cpSync(join(here, "../../js/test/fake-module.mjs"), join(dist, "wasm/ripen.js"));
	return dist;
}

export const nudges = {
	hint: {
		purpose: "help",
		placement: { kind: "banner", position: "bottom" },
		content: {
			en: {
				title: "A hint",
				body: "One task first.",
				actions: { add: "Add a task", bad: "Bad", plans: "Plans" },
			},
		},
		actions: [
			{ id: "add", track: "hint_followed" },
			{ id: "bad", open: "javascript:document.title='owned'" },
			{ id: "plans", open: "#/plans" },
		],
	},
	talk: {
		purpose: "talk",
		placement: { kind: "modal" },
		content: {
			en: {
				title: "Shall we talk?",
				body: "A person answers.",
				fields: { name: "Your name", email: "Work e-mail", message: "What would help?" },
				submit: "Ask for a call",
				consent: "Used to answer you.",
				thanks: "Thank you. We will write.",
				actions: { close: "No, thank you" },
			},
		},
		form: {
			fields: [
				{ name: "name", type: "text", prefill: "user.name", required: true },
				{ name: "email", type: "email", required: true },
				{ name: "message", type: "long_text" },
			],
		},
		actions: [{ id: "close", dismiss: true }],
	},
};

/** What the page does: `?init={…options}` starts Ripen, `window.ripen` is the package, `window.seen` what it told. */
const script = `
import * as ripen from "/index.js";
const seen = { changes: [], decisions: [], nudges: [], events: [], warnings: [], errors: [] };
addEventListener("error", (event) => seen.errors.push(String(event.message)));
addEventListener("unhandledrejection", (event) => seen.errors.push(String(event.reason)));
ripen.on("change", (view, changes) => seen.changes.push({ view, changes }));
ripen.on("decision", (decision) => seen.decisions.push(decision));
ripen.on("nudge", (nudge) => seen.nudges.push(nudge));
ripen.on("event", ({ event }) => seen.events.push(event));
import { handClock } from "/hand-clock.mjs";
const options = JSON.parse(new URLSearchParams(location.search).get("init") ?? "{}");
// A number is where a clock stands that the test moves.
if (options.clock) window.clock = options.clock = handClock(options.clock);
// What the host does, by these names: it remembers how much had yet to be sent, and one of them fails.
if (options.does) {
	const act = (name) => [name, (context) => {
		(window.called ??= []).push({ name, context, waiting: ripen.health().waiting });
		if (name === "open_plans") throw new Error("the host's mistake");
	}];
	options.actions = Object.fromEntries(options.does.map(act));
	delete options.does;
}
// What the host's server gives, one after the other.
const { tokens } = options;
if (tokens) options.token = window.token ? () => window.token() : async () => tokens.shift();
ripen.init({ writeKey: "wk", onWarning: (warning) => seen.warnings.push(warning), ...options });
Object.assign(window, { ripen, seen, firstView: ripen.view() });
`;

/** Starts the server. `collector.answer` may be replaced by a test. */
export async function serve(dist) {
	const collector = {
		/** All events that were acknowledged, in the order of arrival: for tests of what is on the wire. */
		events: [],
		/** What it keeps of them, for all others. */
		kept: () => keptOf(collector.events),
		requests: [],
		/** What it was asked to erase. */
		erasures: [],
		/** What it was asked about persons, and what it says: without a secret nothing. A text is a body as it is. */
		asked: [],
		snapshot: () => ({ status: 404 }),
		playbook: JSON.stringify({ nudges }),
		/** What a test audience gets: by what stands in its link. */
		drafts: {},
		/** The nudges that are switched off; or a function: what is answered, as `snapshot`. */
		killed: [],
		csp: "",
		down: false,
		/** What is asked for by such a path is never answered. */
		held: undefined,
		/** (batch, how it came) → {status, headers, body}; `cut`: the connection ends instead of the answer. */
		answer: () => ({ status: 200, body: {} }),
	};
	const server = createServer(async (request, response) => {
		const url = new URL(request.url, "http://localhost");
		if (collector.held?.test(url.pathname)) return;
		if (request.method === "OPTIONS") {
			collector.requests.push({ method: request.method, headers: request.headers, path: url.pathname });
			return response.writeHead(204, { ...cors, "access-control-allow-headers": "*" }).end();
		}
		// Never answered, and not by a route of Playwright's, which would hold up what the browser sends for a page that is gone.
		if (url.pathname === "/hang") return;
		if (url.pathname === "/v1/batch") {
			const chunks = [];
			try {
				for await (const chunk of request) chunks.push(chunk);
			} catch {
				// The page went in the middle of it.
				return;
			}
			const sent = Buffer.concat(chunks);
			const packed = sent[0] === 0x1f && sent[1] === 0x8b;
			const batch = JSON.parse(packed ? gunzipSync(sent) : sent);
			const at = performance.now();
			const { method, headers: asked } = request;
			collector.requests.push({ method, headers: asked, batch, packed, bytes: sent.length, at });
			if (collector.down) return request.socket.destroy();
			const { status, headers, body, cut } = await collector.answer(batch, { packed });
			if (status === 200) collector.events.push(...batch.batch);
			if (cut) return request.socket.destroy();
			response.writeHead(status, { "content-type": "application/json", ...cors, ...headers });
			return response.end(JSON.stringify(body ?? {}));
		}
		if (url.pathname === "/v1/snapshot") {
			let text = "";
			for await (const chunk of request) text += chunk;
			const asked = JSON.parse(text);
			const { method, headers } = request;
			collector.requests.push({ method, headers, path: url.pathname });
			collector.asked.push(asked);
			if (collector.down) return request.socket.destroy();
			const { status, body, headers: given = cors } = await collector.snapshot(asked);
			response.writeHead(status, { "content-type": "application/json", ...given });
			return response.end(typeof body === "object" ? JSON.stringify(body) : body);
		}
		if (url.pathname === "/v1/forget") {
			let text = "";
			for await (const chunk of request) text += chunk;
			collector.requests.push({ method: request.method, headers: request.headers, path: url.pathname });
			collector.erasures.push(JSON.parse(text));
			if (collector.down) return request.socket.destroy();
			response.writeHead(202, { "content-type": "application/json" });
			return response.end('{"success":true}');
		}
		if (url.pathname.startsWith("/v1/killed/")) {
			collector.requests.push({ method: request.method, headers: request.headers, path: url.pathname });
			if (collector.down) return request.socket.destroy();
			const { killed } = collector;
			const answer =
				typeof killed === "function" ? await killed() : { status: 200, body: JSON.stringify(killed) };
			const { status, body, headers = cors } = answer;
			response.writeHead(status, { ...headers, "content-type": "application/json" });
			return response.end(body);
		}
		if (url.pathname.startsWith("/v1/playbook/") && url.searchParams.has("draft")) {
			const pass = url.searchParams.get("draft");
			collector.requests.push({ method: request.method, path: url.pathname, pass });
			if (collector.down) return request.socket.destroy();
			const draft = collector.drafts[pass];
			response.writeHead(draft ? 200 : 404, { ...cors, "content-type": "application/octet-stream" });
			return response.end(draft);
		}
		if (url.pathname.startsWith("/v1/playbook/")) {
			collector.requests.push({ method: request.method, headers: request.headers, path: url.pathname });
			if (collector.down) return request.socket.destroy();
			const etag = `"${collector.playbook?.length}"`;
			if (!collector.playbook) return response.writeHead(404, cors).end();
			if (request.headers["if-none-match"] === etag) return response.writeHead(304, { ...cors, etag }).end();
			response.writeHead(200, { ...cors, etag, "content-type": "application/octet-stream" });
			return response.end(collector.playbook);
		}
		if (url.pathname === "/page.mjs" || url.pathname === "/hand-clock.mjs") {
			response.writeHead(200, { "content-type": types[".js"] });
			return response.end(url.pathname === "/page.mjs" ? script : handClock);
		}
		const file = join(dist, url.pathname);
		if (url.pathname.length > 1 && existsSync(file)) {
			response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" });
			return response.end(readFileSync(file));
		}
		response.writeHead(200, {
			"content-type": types[".html"],
			...(collector.csp && { "content-security-policy": collector.csp }),
		});
		response.end(`<!doctype html><html lang="en"><title>Site</title><body><button id="host">Host</button>
<script type="module" src="/page.mjs"></script></body></html>`);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const close = () => {
		server.closeAllConnections();
		server.close();
	};
	return { collector, origin: `http://127.0.0.1:${server.address().port}`, close };
}
