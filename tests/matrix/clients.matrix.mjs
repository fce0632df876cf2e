// Others' clients of Segment's API, as they are published, pointed at our collector: what they send is acknowledged,
// stored once, and comes out of the fold right, though they are refused at first and an answer is lost.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { chromium as browser } from "../../xtask/browsers.mjs";
import { collector as program } from "../../xtask/build.mjs";
import { python } from "../../xtask/clients.mjs";
import { run, start } from "../../xtask/command.mjs";
import { exported, newDatabase } from "../e2e/collector.mjs";
import { startProxy } from "./clients/proxy.mjs";
import { views } from "./clients/story.mjs";

const KEY = "foreign-key";
const folder = fileURLToPath(new URL("./clients/", import.meta.url));
const playbook = `${folder}playbook.json`;

async function startCollector(t) {
	const database = newDatabase(t);
	const args = [
		...["serve", "--listen", "127.0.0.1:0", "--database", database],
		...["--log", "warn", "--playbook", `${KEY}=${playbook}`],
	];
	const child = start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
	t.after(() => child.kill("SIGKILL"));
	const line = await new Promise((resolve, reject) => {
		child.stdout.once("data", (chunk) => resolve(`${chunk}`));
		child.once("exit", () => reject(new Error("the collector ended at once")));
	});
	return { database, origin: /http:\S+/.exec(line)[0] };
}

/** What became of the story: the log, and the views of a replay of it. */
async function outcome(database) {
	const { text, events } = await exported(database);
	const recording = `${database}.ndjson`;
	writeFileSync(recording, text);
	const lines = await run(process.execPath, [
		...["js/dist/cli.js", "replay", "--playbook", playbook, "--events", recording],
	]);
	return { events, views: lines.split("\n").filter(Boolean).map(JSON.parse) };
}

function same(client, { events, views: replayed }, { kinds = 9 } = {}) {
	const ids = events.map(({ messageId }) => messageId);
	assert.equal(new Set(ids).size, ids.length, "each once");
	assert.equal(events.length, kinds, events.map(({ type }) => type).join(" "));
	assert.ok(
		events.every((event) => !("writeKey" in event)),
		"a key is no part of an event",
	);
	const expected = views(client);
	const chosen = (line, of) => Object.fromEntries(Object.keys(of).map((key) => [key, line[key]]));
	const person = replayed.find((line) => line.person === expected.person.person);
	assert.ok(person, JSON.stringify(replayed));
	assert.deepEqual(chosen(person, expected.person), expected.person);
	const account = replayed.find((line) => !line.person && line.account === expected.account.account);
	assert.deepEqual(chosen(account, expected.account), expected.account);
	assert.equal(replayed.filter((line) => line.person).length, 1, "one person, whatever they were called");
}

const isGzip = ({ body }) => body[0] === 0x1f && body[1] === 0x8b;

/** The requests as they came, for the table of `collector/tests/all/foreign.json`. */
function show(client, requests) {
	if (!process.env.RIPEN_SHOW_REQUESTS) return;
	for (const request of requests) {
		const text = (isGzip(request) ? gunzipSync(request.body) : request.body).toString();
		console.log(client, request.url, JSON.stringify(request.headers), text);
	}
}

const servers = [
	{
		client: "segment-node",
		title: "@segment/analytics-node",
		program: process.execPath,
		file: "segment-node.mjs",
	},
	{
		client: "segment-python",
		title: "segment-analytics-python",
		program: python,
		file: "client.py",
		module: "segment.analytics.client",
		gzip: true,
	},
	{
		client: "rudder-node",
		title: "@rudderstack/rudder-sdk-node",
		program: process.execPath,
		file: "rudder-node.mjs",
		gzip: true,
	},
	{
		client: "rudder-python",
		title: "rudder-sdk-python",
		program: python,
		file: "client.py",
		module: "rudderstack.analytics.client",
		gzip: true,
	},
];

for (const { client, title, program, file, module, gzip = false } of servers)
	test(`C05 C11 ${title}: refused once, an answer lost once, its events come out of the fold right`, async (t) => {
		const { database, origin } = await startCollector(t);
		const { host, requests } = await startProxy(t, origin);
		const which = module ? [module, client] : [];
		await run(program, [`${folder}${file}`, ...which, `http://${host}`, KEY], { timeout: 120_000 });
		show(client, requests);
		assert.ok(requests.length >= 4, `${requests.length} requests: two were tried again`);
		assert.deepEqual([...new Set(requests.slice(1).map(({ status }) => status))], [200]);
		assert.deepEqual([...new Set(requests.map(isGzip))], [gzip]);
		same(client, await outcome(database));
	});

const page = async (told) => {
	const { outputFiles } = await build({
		entryPoints: [`${folder}segment-page.mjs`],
		bundle: true,
		write: false,
		format: "esm",
		target: "es2022",
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "error",
	});
	const script = outputFiles[0].text;
	return (request, response) => {
		if (request.url === "/page.js") {
			response.writeHead(200, { "content-type": "text/javascript" }).end(script);
			return;
		}
		response.writeHead(200, { "content-type": "text/html" });
		response.end(
			`<!doctype html><script id="told" type="application/json">${JSON.stringify(told)}</script><script type="module" src="/page.js"></script>`,
		);
	};
};

const strategies = [
	{ client: "segment-page", how: "one message a request" },
	{
		client: "segment-batches",
		how: "in batches",
		deliveryStrategy: { strategy: "batching", config: { size: 4, timeout: 200 } },
	},
];

for (const { client, how, deliveryStrategy } of strategies)
	test(`C05 C11 @segment/analytics-next in Chromium, ${how}: its events come out of the fold right`, async (t) => {
		const { database, origin } = await startCollector(t);
		const { host, requests, acknowledged } = await startProxy(t, origin);
		const site = createServer(await page({ client, host, writeKey: KEY, deliveryStrategy }));
		await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
		t.after(() => site.close());
		const driven = await chromium.launch({ executablePath: browser(), args: ["--no-sandbox"] });
		t.after(() => driven.close());
		const tab = await driven.newPage();
		// Another origin than the collector's: each request needs its preflight.
		await tab.goto(`http://localhost:${site.address().port}/`);
		await tab.waitForFunction(() => window.done === true, null, { timeout: 60_000 });
		await acknowledged(9);
		show(client, requests);
		assert.ok(requests.length >= 3, `${requests.length} requests`);
		assert.ok(requests.every(({ headers }) => headers["content-type"] === "text/plain"));
		same(client, await outcome(database));
	});
