// Chromium, one for a file; a visitor (own storage, own time zone) for each test.
import { after, before } from "node:test";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";

/** So long a test waits for what is to come: it is how long a failure takes, and no measure of speed. */
const patience = 60_000;
const flags = [
	...["no-sandbox", "disable-quic", "no-first-run", "disable-sync"],
	...["disable-background-networking", "disable-component-update"],
];

/** Runs in each page before it does: what the page must never do is told, and each nudge that is drawn. */
function watch() {
	document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
		window.tellTest("complaint", `CSP: ${violatedDirective} ${blockedURI}`),
	);
	addEventListener("unhandledrejection", ({ reason }) => window.tellTest("complaint", `rejected: ${reason}`));
	new MutationObserver((mutations) => {
		for (const node of mutations.flatMap(({ addedNodes }) => [...addedNodes]))
			if (node.localName === "ripen-nudge")
				window.tellTest("drawn", node.shadowRoot.querySelector("h2").textContent);
	}).observe(document, { subtree: true, childList: true });
}

/** Runs in each page before the product does: its clock is so far ahead, if nothing has moved it yet. */
function setClock(ahead) {
	// An empty page has no storage.
	if (location.origin === "null") return;
	if (localStorage.getItem("cairn.clock") === null) localStorage.setItem("cairn.clock", String(ahead));
}

/** How long it is until the next five past nine in a zone that is so many minutes ahead of UTC. */
function untilMorning(now, offset) {
	const day = 86_400_000;
	const morning = (9 * 60 + 5 - offset) * 60_000;
	return (((morning - now) % day) + day) % day;
}

/** Gives `visit(t, …)`, which makes a visitor whose pages are watched. */
export function inChromium() {
	let browser;
	before(async () => {
		browser = await chromium.launch({
			executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
			args: flags.map((flag) => `--${flag}`),
		});
	});
	after(() => browser?.close());

	/** `offline`: what the network says on the console is no complaint, since nothing answers. */
	return async function visit(t, { offline = false, ...options } = {}) {
		const context = await browser.newContext({
			locale: "en-GB",
			// Half an hour off, so that a clock hour of the person is none of UTC's; and no summer time.
			timezoneId: "Asia/Kolkata",
			viewport: { width: 1280, height: 800 },
			...options,
		});
		context.setDefaultTimeout(patience);
		t.after(() => context.close());
		const visitor = { context, complaints: [], drawn: [], sent: new Set(), acknowledged: new Set() };
		await context.exposeBinding("tellTest", (_, kind, what) => {
			if (kind === "drawn") visitor.drawn.push(what);
			else visitor.complaints.push(what);
		});
		await context.addInitScript(watch);
		// No hour and no day begins but where the test lets one pass, whenever it is run.
		await context.addInitScript(setClock, untilMorning(Date.now(), 330));
		context.on("weberror", (error) => visitor.complaints.push(String(error.error())));
		context.on("console", (message) => {
			const fromNetwork = /^Failed to load resource/.test(message.text());
			if (offline && fromNetwork && /\/v1\//.test(message.location().url)) return;
			if (/error|warning/.test(message.type())) visitor.complaints.push(message.text());
		});
		context.on("request", (request) => note(request, visitor.sent));
		context.on("response", (response) => {
			if (response.ok()) note(response.request(), visitor.acknowledged);
		});
		return visitor;
	};
}

/** Adds the ids of a batch's events. */
function note(request, ids) {
	if (!request.url().endsWith("/v1/batch")) return;
	for (const { messageId } of batchOf(request)) ids.add(messageId);
}

/** The events of a batch, which may be packed. */
export function batchOf(request) {
	const body = request.postDataBuffer();
	return JSON.parse(body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).batch;
}

/** Waits until `holds` gives something true, and returns that. */
export async function until(what, holds) {
	const end = Date.now() + patience;
	for (;;) {
		const found = await holds();
		if (found) return found;
		if (Date.now() > end) throw new Error(`never: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
