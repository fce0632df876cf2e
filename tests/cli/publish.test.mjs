// `ripen publish` at a small server that answers as the collector's doors do (collector/tests/all/playbooks.rs).
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test, { after, before, beforeEach } from "node:test";
import { folder, playbook, ripen } from "./ripen.mjs";

const files = folder();
const text = JSON.stringify(playbook);
let asked = [];
let answers = {};
let url;
const server = createServer(async (request, response) => {
	let body = "";
	for await (const chunk of request) body += chunk;
	const { authorization, "if-match": ifMatch } = request.headers;
	asked.push({ method: request.method, path: request.url, authorization, ifMatch, body });
	const [status, answer, headers] = answers[`${request.method} ${request.url.split("?")[0]}`] ?? [404, {}];
	response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(answer));
});
before(async () => {
	await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
	url = `http://127.0.0.1:${server.address().port}`;
});
beforeEach(() => {
	asked = [];
	answers = {
		"GET /v1/playbooks": [200, { revisions: [] }, { etag: '"7"' }],
		"POST /v1/playbooks": [201, { success: true, number: 8, published: true, before: 7 }],
		"POST /v1/playbooks/8/draft": [200, { success: true, link: "?ripen_draft=abc" }],
	};
});
after(() => server.close());
const publish = (more, token = "rpn_admin_x") =>
	ripen(["publish", files.put("plan.json", text), "--collector", url, ...more], {
		env: { RIPEN_TOKEN: token },
	});

test("publish replaces the revision that was published when it began, by the token of the environment", async () => {
	const { code, out, err } = await publish(["--note", "for autumn"]);
	assert.deepEqual([code, out], [0, "revision 8 is published in place of 7\n"], err);
	const [, sent] = asked;
	assert.equal(sent.path, "/v1/playbooks?note=for+autumn&publish=true");
	assert.deepEqual([sent.authorization, sent.ifMatch, sent.body], ["Bearer rpn_admin_x", '"7"', text]);
	assert.equal(err.includes("rpn_admin"), false);
});

test("--expect asks for nothing else, and what somebody else published meanwhile is not overwritten", async () => {
	answers["POST /v1/playbooks"] = [412, { success: false, message: "revision 9 is published" }];
	const { code, err } = await publish(["--expect", "8"]);
	assert.equal(code, 2);
	assert.match(err, /412: revision 9 is published/);
	assert.deepEqual(
		asked.map(({ ifMatch }) => ifMatch),
		['"8"'],
	);
});

test("--draft publishes nothing and prints the link", async () => {
	const { code, out, err } = await publish(["--draft"]);
	assert.deepEqual([code, out], [0, "?ripen_draft=abc\n"], err);
	assert.deepEqual(
		asked.map(({ method, path }) => `${method} ${path}`),
		["POST /v1/playbooks?note=", "POST /v1/playbooks/8/draft"],
	);
});

test("a playbook with mistakes is never sent; without token or collector nothing is", async () => {
	const bad = await ripen(
		["publish", files.put("bad.json", '{"signals":{"a":{"coutn":"x"}}}'), "--collector", url],
		{
			env: { RIPEN_TOKEN: "x" },
		},
	);
	assert.equal(bad.code, 1);
	assert.match(bad.err, /bad\.json:1:/);
	const without = await publish([], "");
	assert.deepEqual([without.code, /RIPEN_TOKEN/.test(without.err)], [2, true]);
	const nowhere = await ripen(["publish", files.put("plan.json", text)], { env: { RIPEN_TOKEN: "x" } });
	assert.deepEqual([nowhere.code, /--collector/.test(nowhere.err)], [2, true]);
	assert.deepEqual(asked, []);
});
