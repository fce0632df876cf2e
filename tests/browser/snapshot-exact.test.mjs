// What the collector says of a person, and what this browser has besides: nothing twice, and nothing is missing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, ready, until } from "./browser.mjs";
import { answerOf, heard, hour, signIn, stored, tasks, track, view, withDevices } from "./devices.mjs";
import { minute, move, start } from "./real.mjs";

const { at, enter, anotherDevice, firstDevice } = withDevices();
const flush = (page) => page.evaluate(() => window.ripen.flush());
/** Runs of all that the collector has of these page loads. */
const arrived = (streams) =>
	Object.fromEntries(
		streams.map((stream) => [
			stream,
			at
				.kept()
				.filter(({ context }) => context.stream === stream && context.sequence !== undefined)
				.map(({ context }) => [context.sequence, context.sequence]),
		]),
	);
const streamOf = (name) => at.kept().findLast(({ event }) => event === name).context.stream;
const holding = () => {
	const held = {};
	held.open = new Promise((resolve) => {
		held.release = resolve;
	});
	return held;
};
/** From now on an answer that has `counted` of the tasks, and all that has arrived of those page loads by then. */
async function answering(page, answered = () => {}) {
	const answer = await answerOf(page);
	return async (asked) => {
		const { status, body } = answer(asked);
		await answered(asked);
		return { status, body: { ...body, isAll: true, streams: arrived(asked.streams) } };
	};
}

test("given a tab that is opened between question and answer, whose event is in the answer, then it counts once in both", async () => {
	const first = await firstDevice({}, "task_created");
	await tasks(first, 4);
	const { open, release } = holding();
	// As a collector that knows three tasks of another device, and the one that the second tab is about to do.
	at.collector.snapshot = await answering(first, () => open);
	await anotherDevice();
	const one = await enter();
	await signIn(one);
	await until("asked", () => at.collector.asked.length === 1);
	const other = await enter();
	await track(other, "task_created");
	await flush(other);
	await until("arrived", () => at.kept().filter(({ event }) => event === "task_created").length === 5);
	await one.bringToFront();
	await tasks(one, 1);
	release();
	// It says so itself, or asks again.
	await until("answered", async () => {
		await move(one, minute);
		return (await view(one)).signals.tasks >= 4;
	});
	await track(one, "looked");
	await tasks(one, 4);
	assert.ok(at.collector.asked.at(-1).streams.includes(streamOf("task_created")));
	await tasks(other, 4);
	await track(other, "task_created");
	for (const page of [one, other]) await tasks(page, 5);
	for (const page of [one, other]) assert.deepEqual(await errorsOf(page), []);
});

test("given an event of this page load that is the first of it, tracked between question and answer, then it counts once", async () => {
	const first = await firstDevice({}, "task_created");
	await tasks(first, 4);
	const { open, release } = holding();
	const answer = await answering(first, () => open);
	await anotherDevice();
	at.collector.snapshot = () => ({ status: 204 });
	const before = await enter();
	await signIn(before);
	await until("asked", () => at.collector.asked.length === 1);
	await flush(before);
	await before.close();
	at.collector.snapshot = answer;
	at.collector.asked.length = 0;
	const page = await enter({ clock: start + hour });
	await until("asked", () => at.collector.asked.length === 1);
	await track(page, "task_created");
	await flush(page);
	release();
	await tasks(page, 4);
	assert.equal(at.collector.asked.length, 1, "it asks about itself, whatever it has");
});

test("given a tab that has not read yet what another has tracked and sent, then it counts once", async () => {
	const first = await firstDevice({}, "task_created");
	await tasks(first, 4);
	const answer = await answering(first);
	await anotherDevice();
	at.collector.snapshot = () => ({ status: 204 });
	// Hears nothing of other tabs while the test wants it.
	await at.context.addInitScript(() => {
		const { get, set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage");
		Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
			get,
			set(heard) {
				set.call(this, (event) => window.deaf || heard.call(this, event));
			},
		});
	});
	const one = await enter();
	await signIn(one);
	await until("asked", () => at.collector.asked.length === 1);
	await flush(one);
	await one.evaluate(() => {
		window.deaf = true;
	});
	const other = await enter();
	await track(other, "task_created");
	await flush(other);
	at.collector.snapshot = answer;
	await one.bringToFront();
	await move(one, hour);
	await tasks(one, 4);
	await one.evaluate(() => {
		window.deaf = false;
	});
	await track(one, "looked");
	await flush(one);
	await tasks(one, 4);
	await tasks(other, 4);
	for (const page of [one, other]) assert.deepEqual(await errorsOf(page), []);
});

test("C13 without IndexedDB, given an answer without what has arrived, then the page keeps what it has and asks again soon", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	await at.context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
	at.collector.snapshot = () => ({ status: 204 });
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	await track(page, "task_created", "task_created");
	await tasks(page, 2);
	await flush(page);
	const rows = () =>
		page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":row:")).length);
	await until("gone from the journal", async () => (await rows()) === 0);
	const stream = streamOf("task_created");

	// Acknowledged, and not folded yet.
	at.collector.snapshot = (asked) => {
		const { status, body } = answer(asked);
		return { status, body: { ...body, isAll: false, streams: { [stream]: [] } } };
	};
	await move(page, hour);
	await until("asked again", () => at.collector.asked.length === 2);
	assert.ok(at.collector.asked[1].streams.includes(stream), "it asks about what it has let go of");
	// By now: the snapshot of five tasks.
	await anotherDeviceDoes(first, 2);
	const later = await answerOf(first, { tag: "t2" });
	at.collector.snapshot = (asked) => {
		const { status, body } = later(asked);
		return { status, body: { ...body, isAll: true, streams: arrived(asked.streams) } };
	};
	await track(page, "worked");
	assert.equal((await view(page)).signals.tasks, 2, "as before");
	await flush(page);
	await heard(page, minute);
	await move(page, minute);
	await tasks(page, 5);
	assert.equal(at.collector.asked.length, 3);
	assert.deepEqual(await errorsOf(page), []);
});

/** Two more tasks on the first device, as the collector would know them from anywhere. */
async function anotherDeviceDoes(page, count) {
	await page.bringToFront();
	await track(page, ...Array(count).fill("task_created"));
	await tasks(page, 3 + count);
}

test("given a collector that is behind with folding, then it is asked again soon", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	at.collector.snapshot = () => ({ status: 503 });
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	await flush(page);
	await heard(page, minute);
	at.collector.snapshot = answer;
	await move(page, minute);
	await tasks(page, 3);
	await ready(page);
	assert.equal((await stored(page, "person")).tag, "t1");
	// And then as ever.
	await move(page, minute);
	await track(page, "task_created");
	await tasks(page, 4);
	assert.equal(at.collector.asked.length, 2);
});
