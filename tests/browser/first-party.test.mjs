// Where requests are blocked: a path of the page's own brings them through, and what needs no network works without.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";
import { nudges } from "./site.mjs";

const at = inChromium();
const due = (page) => page.evaluate(() => window.ripen.track("due", { nudge: "hint" }));
const hint = (page) => page.getByRole("region", { name: "A hint" });
const names = () => at.collector.kept().map(({ event }) => event);

/** A site of its own, with the proxy of the guide; the collector is at another origin, which the browser blocks. */
async function openSite(t) {
	process.env.RIPEN_COLLECTOR = at.origin;
	const { forward } = await import("../../www/examples/proxy/node.mjs");
	const server = createServer(async (request, response) => {
		if (forward(request, response)) return;
		if (/\/v1\//.test(request.url)) return response.writeHead(404).end();
		const file = await fetch(new URL(request.url, at.origin));
		response.writeHead(file.status, { "content-type": file.headers.get("content-type") });
		response.end(Buffer.from(await file.arrayBuffer()));
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${server.address().port}`;
}

test("C29 given a blocker of the collector's host, then events, playbook and the switch of nudges go by a path of the page's own", async (t) => {
	const origin = await openSite(t);
	await at.context.route(
		({ href }) => href.startsWith(at.origin),
		(route) => route.abort("blockedbyclient"),
	);
	const page = await at.context.newPage();
	await page.goto(`${origin}/?init=${encodeURIComponent(JSON.stringify({ host: "/r" }))}`);
	await page.waitForFunction(() => window.ripen);
	await ready(page);
	await due(page);
	await hint(page).waitFor();
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", () => names().includes("$nudge_shown"));
	const asked = at.collector.requests.map(({ path }) => path);
	for (const path of ["/v1/playbook/wk", "/v1/killed/wk"]) assert.ok(asked.includes(path), path);
	assert.equal((await healthOf(page)).connection, "ok");
	assert.deepEqual(await errorsOf(page), []);
});

test("C29 given a blocker of every request, then the application's own playbook shows its nudges, and events wait", async () => {
	await at.context.route("**/v1/**", (route) => route.abort("blockedbyclient"));
	await at.context.route("**/own.ripen", (route) => route.fulfill({ body: JSON.stringify({ nudges }) }));
	const page = await at.open({ playbook: "/own.ripen" });
	await due(page);
	await hint(page).waitFor();
	const health = await page.evaluate(() => window.ripen.flush());
	assert.deepEqual([health.engine, health.delivered, health.dropped], ["ready", 0, {}]);
	assert.ok(health.waiting > 0);
	assert.deepEqual(at.collector.requests, []);
	assert.deepEqual(await errorsOf(page), []);
});
