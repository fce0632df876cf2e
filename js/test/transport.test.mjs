import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { handClock, load } from "./bundle.mjs";

const { post } = await load("transport.ts");
const { retryAfter } = await load("retry-after.ts");
const realFetch = globalThis.fetch;
afterEach(() => {
	globalThis.fetch = realFetch;
});

test("C11 Retry-After is understood in seconds and as a date", () => {
	const now = Date.parse("2026-01-05T10:00:00Z");
	for (const [header, ms] of [
		["0", 0],
		["120", 120_000],
		["Mon, 05 Jan 2026 10:00:30 GMT", 30_000],
		["Mon, 05 Jan 2026 09:00:00 GMT", 0],
		["soon", undefined],
		["", undefined],
		[null, undefined],
	])
		assert.equal(retryAfter(header, now), ms, String(header));
});

test("C02 C03 a batch is one CORS-simple POST; texts are joined, not written anew", async () => {
	let seen;
	globalThis.fetch = async (url, options) => {
		seen = { url, ...options };
		return new Response('{"rejected":[{"index":0,"messageId":"m","code":"c","message":"x"}]}');
	};
	const answer = await post(
		{ writeKey: "wk", host: "https://c.example", clock: handClock() },
		['{"a":1.0}', "{}"],
		['{"stream":"s"}'],
		false,
	);
	assert.equal(seen.url, "https://c.example/v1/batch");
	assert.deepEqual([seen.method, seen.credentials, seen.keepalive], ["POST", "omit", false]);
	assert.deepEqual(seen.headers, { "content-type": "text/plain" });
	assert.match(
		seen.body,
		/^\{"writeKey":"wk","sentAt":"2026-01-05T10:00:00.000Z",.*"streams":\[\{"stream":"s"\}\],"batch":\[\{"a":1.0\},\{\}\]\}$/,
	);
	assert.equal(answer.status, 200);
	assert.equal(answer.rejected.length, 1);
});

test("C12 a network error is status 0, an odd body takes nothing from the status", async () => {
	const settings = { writeKey: "wk", host: "", clock: handClock() };
	globalThis.fetch = async () => {
		throw new TypeError("Failed to fetch");
	};
	assert.deepEqual(await post(settings, ["{}"], [], false), { status: 0 });
	for (const body of ["OK", "null", "", "[1", "7"]) {
		globalThis.fetch = async () => new Response(body);
		assert.equal((await post(settings, ["{}"], [], false)).status, 200, `body ${body}`);
	}
	globalThis.fetch = async () => new Response("", { status: 503, headers: { "retry-after": "7" } });
	const { headers, ...answer } = await post(settings, ["{}"], [], false);
	assert.deepEqual(answer, { status: 503, ok: false });
	assert.equal(headers.get("retry-after"), "7");
});

test("a page in place of an answer is no acknowledgement: a portal, or an application's fallback route", async () => {
	const headers = { "content-type": "text/html; charset=utf-8" };
	globalThis.fetch = async () => new Response("<!doctype html>", { headers });
	assert.deepEqual(await post({ writeKey: "wk", host: "", clock: handClock() }, ["{}"], [], false), {
		status: 0,
	});
	globalThis.fetch = async () => new Response("<!doctype html>", { status: 404, headers });
	assert.equal((await post({ writeKey: "wk", host: "", clock: handClock() }, ["{}"], [], false)).status, 404);
});

test("a request without an answer is given up after half a minute that passes, whatever the clock says", async (t) => {
	const given = new AbortController();
	const timeout = t.mock.method(AbortSignal, "timeout", () => given.signal);
	const clock = handClock();
	globalThis.fetch = (_, { signal }) =>
		new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
	const answer = post({ writeKey: "wk", clock }, ["{}"], [], false);
	assert.deepEqual(timeout.mock.calls[0].arguments, [30_000]);
	clock.move(3_600_000);
	assert.equal(await Promise.race([answer, new Promise((soon) => setImmediate(soon, "open"))]), "open");
	given.abort();
	assert.deepEqual(await answer, { status: 0 });
	assert.deepEqual(clock.pending, []);
});
