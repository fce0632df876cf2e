// `ripen/testing` where there is no page. What it does in one is tried in Chromium, and by the matrix in happy-dom and jsdom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start, testClock } from "../dist/testing.js";
import { load } from "./bundle.mjs";

const { openCollector, host } = await load("testing/collector.ts");

test("the clock wakes in order, each once and at its time, also those that come on the way, and not what was cancelled", () => {
	const clock = testClock(0);
	const woken = [];
	clock.wakeAt(20, () => woken.push(["late", clock.now()]));
	clock.wakeAt(10, () => {
		woken.push(["first", clock.now()]);
		clock.wakeAt(15, () => woken.push(["on the way", clock.now()]));
	});
	clock.wakeAt(12, () => woken.push("cancelled"))();
	clock.wakeAt(99, () => woken.push("not yet"));
	clock.advance(30);
	clock.advance(30);
	assert.deepEqual(woken, [
		["first", 10],
		["on the way", 15],
		["late", 20],
	]);
	assert.equal(clock.now(), 60);
});

test("what is due already comes in the next turn, as on a real clock, and once", async () => {
	const clock = testClock(100);
	let woken = 0;
	clock.wakeAt(100, () => woken++);
	assert.equal(woken, 0);
	await new Promise((resolve) => setTimeout(resolve));
	clock.advance(1);
	assert.equal(woken, 1);
});

test("the collector keeps each event once, lets all else through, and gives `fetch` back", async () => {
	const before = globalThis.fetch;
	const elsewhere = [];
	globalThis.fetch = async (address) => elsewhere.push(`${address}`);
	const outer = globalThis.fetch;
	try {
		const collector = openCollector(({ event }) => event !== "left out");
		const send = (...batch) => fetch(`${host}/v1/batch`, { method: "POST", body: JSON.stringify({ batch }) });
		const [one, two] = ["1", "2"].map((messageId) => ({ messageId, event: "e" }));
		assert.equal((await send(one, { messageId: "3", event: "left out" })).status, 200);
		await send(one, two);
		assert.deepEqual(collector.events, [one, two]);
		collector.killed = ["hint"];
		assert.deepEqual(await (await fetch(`${host}/v1/killed/wk`)).json(), ["hint"]);
		assert.equal((await fetch(`${host}/v1/snapshot`)).status, 404);
		collector.down = true;
		await assert.rejects(send({ messageId: "4" }), TypeError);
		await fetch("https://example.com/");
		assert.deepEqual(elsewhere, ["https://example.com/"]);
		assert.deepEqual(collector.requests.slice(0, 2), ["/v1/batch", "/v1/batch"]);
		collector.close();
		assert.equal(globalThis.fetch, outer);
	} finally {
		globalThis.fetch = before;
	}
});

test("without a document it says what to do", async () => {
	await assert.rejects(start({ playbook: {} }), /needs a document.*ripen\/node/);
});

test("with a document and no page around it, it names what is missing, and what brings it", async () => {
	globalThis.document = {};
	try {
		await assert.rejects(start({ playbook: {} }), /no window, location, .*global-registrator/);
	} finally {
		delete globalThis.document;
	}
});
