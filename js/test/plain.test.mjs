import assert from "node:assert/strict";
import { test } from "node:test";
import { handClock, load } from "./bundle.mjs";

const { plainSender } = await load("plain.ts");

/** What is in localStorage. */
function memory() {
	const values = new Map();
	return { get: (name) => values.get(name), set: (name, value) => values.set(name, value) };
}

/** A face with `count` waiting events, and a collector that answers as `answers` say, the last one for good. */
function open(count, answers, size = 10, local = memory()) {
	const clock = handClock();
	const waiting = new Map(
		Array.from({ length: count }, (_, at) => [at + 1, JSON.stringify("x".repeat(size - 2))]),
	);
	const seen = { posts: [], settled: [], failures: 0 };
	let open = [];
	const face = {
		clock,
		journal: { waiting },
		bytesOf: (text) => Buffer.byteLength(text),
		local,
		warn: (...warning) => assert.fail(String(warning)),
		post: async (keys, keepalive) => {
			seen.posts.push({ keys, keepalive });
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			const { status, retryAfter } = await (typeof answer === "function" ? answer(keys) : answer);
			return { status, retryAfter, ok: status === 200 };
		},
		failed: () => seen.failures++,
		settle: async (keys, reason) => {
			for (const key of keys) waiting.delete(key);
			seen.settled.push([reason, ...keys]);
		},
	};
	open = plainSender(face);
	return { clock, seen, sender: open, waiting };
}
/** Lets what was answered be handled. */
const quiet = () => new Promise((resolve) => setImmediate(resolve));

test("what waits goes on a timer, and goes from the store once acknowledged", async () => {
	const { clock, seen, sender, waiting } = open(3, [{ status: 200 }]);
	sender.appended();
	assert.deepEqual(seen.posts, []);
	clock.move(5_000);
	await quiet();
	assert.deepEqual(seen.posts, [{ keys: [1, 2, 3], keepalive: false }]);
	assert.deepEqual(seen.settled, [["acknowledged", 1, 2, 3]]);
	assert.equal(waiting.size, 0);
	assert.deepEqual(clock.pending, [], "nothing polls an empty queue");
});

test("C11 ten page loads in the middle of a Retry-After make no request before its end, but one as they hide", async () => {
	const local = memory();
	const first = open(1, [{ status: 429, retryAfter: 600_000 }], 10, local);
	first.sender.appended();
	first.clock.move(5_000);
	await quiet();
	assert.equal(first.seen.posts.length, 1);
	for (let load = 1; load <= 10; load++) {
		const { clock, seen, sender } = open(1, [{ status: 503 }], 10, local);
		// The clock goes on where the last page load left.
		clock.move(load * 50_000);
		sender.appended();
		sender.flush();
		assert.equal(seen.failures, 1, "whoever waits for the flush is told");
		clock.move(40_000);
		await quiet();
		assert.deepEqual(seen.posts, []);
		await sender.stop();
	}
	const last = open(1, [{ status: 200 }], 10, local);
	last.clock.move(600_000);
	last.sender.appended();
	last.sender.hidden();
	await quiet();
	assert.deepEqual(last.seen.posts, [{ keys: [1], keepalive: true }]);
});

test("C11 with each failure the pause doubles, Retry-After is waited for, and one success ends it", async () => {
	const { clock, seen, sender } = open(1, [
		{ status: 0 },
		{ status: 503 },
		{ status: 429, retryAfter: 90_000 },
		{ status: 200 },
	]);
	sender.appended();
	for (const pause of [5_000, 10_000, 20_000, 90_000]) {
		assert.deepEqual(clock.pending, [pause]);
		clock.move(pause);
		await quiet();
	}
	assert.equal(seen.failures, 3);
	assert.deepEqual(seen.settled, [["acknowledged", 1]]);
});

test("C07 a batch called bad is halved until the bad event is alone, which is set aside", async () => {
	const judge = (keys) => ({ status: keys.includes(5) ? 400 : 200 });
	const { seen, sender, waiting } = open(8, [judge]);
	sender.flush();
	await quiet();
	await quiet();
	assert.equal(waiting.size, 0);
	assert.deepEqual(
		seen.settled.filter(([reason]) => reason === "refused"),
		[["refused", 5]],
	);
});

/** A promise, and what fulfils it. */
function held() {
	let answer;
	const late = new Promise((resolve) => {
		answer = resolve;
	});
	return { late, answer };
}
const sent = ({ posts }) => posts.flatMap(({ keys }) => keys);

test("C01 C03 when the page hides, our part of the keepalive quota goes, in pieces, and none of it twice", async () => {
	const { late, answer } = held();
	const { seen, sender, waiting } = open(100, [() => late], 1024);
	sender.hidden();
	assert.deepEqual(
		seen.posts.map(({ keepalive, keys }) => [keepalive, keys.length]),
		[
			[true, 7],
			[true, 7],
			[true, 7],
		],
	);
	// Twice in a row, and nothing answered yet: what is left of 24 KB is all that still may go.
	sender.hidden();
	assert.ok(sent(seen).length <= 22, "all together stay within it");
	assert.equal(new Set(sent(seen)).size, sent(seen).length);
	const { length } = sent(seen);
	answer({ status: 200 });
	await quiet();
	assert.equal(waiting.size, 100 - length);
});

test("C03 given a routine request in flight, what came after it goes when the page hides", async () => {
	const { late } = held();
	const { seen, sender, waiting } = open(60, [() => late], 1024);
	sender.flush();
	assert.equal(seen.posts[0].keys.length, 60);
	waiting.set(61, '"new"');
	sender.hidden();
	assert.deepEqual(seen.posts.slice(1), [{ keys: [61], keepalive: true }]);
});

test("C03 after the page came back to visible nothing goes by keepalive, not even the search for a bad event", async () => {
	const { late, answer } = held();
	const { seen, sender } = open(4, [() => late, { status: 200 }]);
	sender.hidden();
	sender.resumed();
	answer({ status: 400 });
	await quiet();
	assert.deepEqual(
		seen.posts.map(({ keepalive }) => keepalive),
		[true, false, false],
	);
});

test("C05 it hands over only when nothing is in flight, and then sends no more", async () => {
	let answer;
	const { clock, seen, sender } = open(2, [
		() =>
			new Promise((resolve) => {
				answer = resolve;
			}),
	]);
	sender.flush();
	let stopped = false;
	const stop = sender.stop().then(() => {
		stopped = true;
	});
	await quiet();
	assert.equal(stopped, false);
	answer({ status: 200 });
	await stop;
	assert.deepEqual(seen.settled, [["acknowledged", 1, 2]]);
	sender.appended();
	sender.flush();
	sender.hidden();
	assert.deepEqual(clock.pending, []);
	assert.equal(seen.posts.length, 1);
});
