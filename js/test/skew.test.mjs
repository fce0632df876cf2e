import assert from "node:assert/strict";
import { test } from "node:test";
import { handClock, load, memoryStorage } from "./bundle.mjs";

const { corrected, skewOf } = await load("skew.ts");
const { learnSkew } = await load("skew-learning.ts");
const { openWriter } = await load("message.ts");
const second = 1_000;
const year = 365 * 24 * 3_600 * second;

test("C18 delay on the way, up to the time-out of a request, is never taken for a wrong clock", () => {
	for (const [sent, date, received] of [
		[0, 0, 30 * second],
		[0, 30 * second, 30 * second],
		[0, 15 * second, 30 * second],
		[0, -44 * second, 1 * second],
	]) {
		const local = memoryStorage();
		learnSkew(local, 0, date, sent, received);
		assert.equal(skewOf(local), 0, `${date}`);
	}
});

test("C18 C19 a clock that is off is corrected from the next page load on, exactly, and what it said is kept", () => {
	const local = memoryStorage();
	const device = handClock(Date.parse("1996-01-05T10:00:00Z"));
	const truth = Date.parse("2026-01-05T10:00:00Z");
	learnSkew(local, 0, truth, device.now(), device.now());
	const skew = skewOf(local);
	assert.equal(corrected(device, skew).now(), truth);
	const writer = openWriter(local, corrected(device, skew), {}, skew);
	const message = JSON.parse(writer.write({ type: "track", event: "e" }));
	assert.equal(message.timestamp, "2026-01-05T10:00:00.000Z");
	assert.equal(message.originalTimestamp, "1996-01-05T10:00:00.000Z");
	// The next answers agree: it stays, and is neither doubled nor taken back.
	learnSkew(local, skew, truth, truth, truth);
	assert.equal(skewOf(local), skew);
	// The person sets the clock right: the corrected one is years ahead now.
	learnSkew(local, skew, truth, truth + skew, truth + skew);
	assert.equal(skewOf(local), 0);
});

test("C19 a call from before init is corrected too, and a clock years off loses nothing", () => {
	const local = memoryStorage();
	const device = handClock(Date.parse("2026-01-05T10:00:00Z") + 20 * year);
	const writer = openWriter(local, corrected(device, -20 * year), {}, -20 * year);
	const calledAt = device.now() - 5 * second;
	const message = JSON.parse(writer.write({ type: "track", event: "e", calledAt }));
	assert.equal(message.timestamp, "2026-01-05T09:59:55.000Z");
	assert.equal(Date.parse(message.originalTimestamp), calledAt);
});

test("the corrected clock wakes when its own time has come", () => {
	const device = handClock();
	const clock = corrected(device, year);
	let woken = 0;
	clock.wakeAt(clock.now() + 5 * second, () => woken++);
	device.move(4 * second);
	assert.equal(woken, 0);
	device.move(1 * second);
	assert.equal(woken, 1);
});
