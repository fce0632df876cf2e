// docs/proxy.md: what it shows is what lies in www/examples/proxy, and each of them hands on what pages need.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import next from "../../www/examples/proxy/next.config.mjs";
import worker from "../../www/examples/proxy/worker.mjs";
import { holds } from "./contract.mjs";
import { nginx, startNginx } from "./nginx.mjs";
import { startUpstream } from "./upstream.mjs";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/proxy.md", root), "utf8");

/** The paths that the package's sources ask the collector for. */
function askedFor() {
	const folder = new URL("js/src/", root);
	const sources = readdirSync(folder, { recursive: true })
		.filter((name) => name.endsWith(".ts") && !/^(cli|testing)\b/.test(name))
		.map((name) => readFileSync(new URL(name, folder), "utf8"));
	const found = sources.flatMap((text) =>
		[...text.matchAll(/\$\{[^}]*\bhost\b[^}]*\}(\/v1\/\w+)(\/\$)?/g)].map(([, path, more]) =>
			more ? `${path}/KEY` : path,
		),
	);
	// However it is written, nothing else may be asked for.
	const all = sources.flatMap((text) => text.match(/`[^`\n]*\/v1\/[^`\n]*`/g) ?? []);
	assert.equal(all.filter((each) => /\$\{/.test(each)).length, found.length, all.join(" "));
	return [...new Set(found)].sort();
}

async function serve(t, handler) {
	const server = createServer(handler).listen(0, "127.0.0.1");
	await once(server, "listening");
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${server.address().port}`;
}

test("the guide lists the paths that pages ask for, and no other", () => {
	const [, section] = guide.split("\n## What pages ask for\n");
	const listed = [...section.split("\n## ")[0].matchAll(/^\| `([^`]+)`/gm)].map(([, path]) => path);
	assert.deepEqual(listed.sort(), askedFor());
});

test("C29 nginx hands on all that pages need", {
	skip: nginx ? false : "there is no nginx here",
}, async (t) => {
	const { seen, origin } = await startUpstream(t);
	await holds(`${await startNginx(t, origin)}/r`, seen);
});

test("C29 a server in Node hands on all that pages need", async (t) => {
	const { seen, origin } = await startUpstream(t);
	process.env.RIPEN_COLLECTOR = origin;
	const { forward } = await import("../../www/examples/proxy/node.mjs");
	const site = await serve(t, (incoming, response) => {
		if (!forward(incoming, response)) response.writeHead(404).end();
	});
	await holds(`${site}/r`, seen);
});

test("C29 a worker hands on all that pages need", async (t) => {
	const { seen, origin } = await startUpstream(t);
	const site = await serve(t, async (incoming, response) => {
		const chunks = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const { method, headers, url } = incoming;
		const body = method === "POST" ? Buffer.concat(chunks) : undefined;
		const request = new Request(new URL(url, "http://site.test"), { method, headers, body });
		const answer = await worker.fetch(request, { RIPEN_COLLECTOR: origin });
		response.writeHead(answer.status, Object.fromEntries(answer.headers));
		response.end(Buffer.from(await answer.arrayBuffer()));
	});
	await holds(`${site}/r`, seen);
});

test("C29 the rewrites of Next lead to each path, and to no other", async () => {
	const rules = await next.rewrites();
	const destinations = rules.map(({ destination }) => new URL(destination.replace(":key", "KEY")).pathname);
	assert.deepEqual(destinations.sort(), askedFor());
	for (const { source, destination } of rules)
		assert.ok(destination.endsWith(source.slice("/r".length)), source);
});
