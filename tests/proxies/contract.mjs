// What docs/proxy.md wants of anything between a page and its collector, by requests as pages make them.
import assert from "node:assert/strict";
import { request } from "node:http";
import { gunzipSync, gzipSync } from "node:zlib";
import { always } from "./upstream.mjs";

/** As it comes, and unlike `fetch` with any header. */
function ask(url, { method = "GET", headers = {}, body } = {}) {
	return new Promise((resolve, reject) => {
		const sent = request(url, { method, headers }, async (response) => {
			const chunks = [];
			for await (const chunk of response) chunks.push(chunk);
			resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
		});
		sent.on("error", reject);
		sent.end(body);
	});
}

const plain = { "content-type": "text/plain" };

/** `base` is what a page would be given as `host`. */
export async function holds(base, seen) {
	const last = () => seen.at(-1);

	const text = JSON.stringify({ writeKey: "demo", batch: ["ß".repeat(200_000)] });
	const taken = await ask(`${base}/v1/batch`, { method: "POST", headers: plain, body: text });
	assert.equal(taken.status, 200, "a batch as large as one may be");
	assert.equal(last().body.toString(), text);
	assert.equal(last().headers["content-type"], "text/plain");
	assert.equal(taken.headers.date, always.date, "the collector's time");
	assert.equal(taken.headers["access-control-allow-origin"], "*", "once");
	assert.equal(taken.headers["access-control-expose-headers"], always["access-control-expose-headers"]);

	const packed = gzipSync(text);
	await ask(`${base}/v1/batch`, { method: "POST", headers: plain, body: packed });
	assert.equal(gunzipSync(last().body).toString(), text, "packed, and no header says so");

	const url = `${base}/v1/playbook/demo`;
	const playbook = await ask(url);
	assert.deepEqual([...playbook.body], [0, 255, 10, 13]);
	assert.equal(playbook.headers["cache-control"], "public, max-age=60");
	const again = await ask(url, { headers: { "if-none-match": playbook.headers.etag } });
	assert.equal(again.status, 304);
	await ask(`${url}?draft=a%2Fb`);
	assert.equal(last().url, "/v1/playbook/demo?draft=a%2Fb");

	const busy = await ask(`${base}/v1/killed/busy`);
	assert.deepEqual([busy.status, busy.headers["retry-after"]], [429, "17"]);
	for (const door of ["snapshot", "forget"]) {
		await ask(`${base}/v1/${door}`, {
			method: "POST",
			headers: { ...plain, cookie: "session=1" },
			body: "{}",
		});
		assert.equal(last().url, `/v1/${door}`);
		assert.equal(last().headers.cookie ?? "", "", "cookies of the site stay there");
	}

	const before = seen.length;
	for (const door of [
		"tokens",
		"persons/ada/export",
		"playbooks",
		"batch/more",
		"playbook/demo/../../tokens",
	]) {
		const { status } = await ask(`${base}/v1/${door}`);
		assert.equal(status, 404, `${door} is nobody's from outside`);
	}
	assert.equal(seen.length, before);
}
