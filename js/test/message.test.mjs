import assert from "node:assert/strict";
import { test } from "node:test";
import { handClock, load, memoryStorage } from "./bundle.mjs";

const { copyOf, openWriter } = await load("message.ts");
const open = (clock = handClock(), local = memoryStorage()) => ({
	clock,
	local,
	writer: openWriter(local, clock),
});

test("C06 ids are minted once, at track; those of a stream sort in the order of time", () => {
	const { writer } = open();
	const messages = Array.from({ length: 40 }, () => JSON.parse(writer.write({ type: "track", event: "e" })));
	const ids = messages.map(({ messageId }) => messageId);
	assert.deepEqual(ids.toSorted?.() ?? [...ids].sort(), ids);
	assert.equal(new Set(ids).size, 40);
	assert.match(ids[0], /^[0-9A-Za-z]{22}-00000$/);
	assert.equal(ids[36], `${writer.stream}-00010`);
	assert.deepEqual(
		messages.map(({ context }) => context.sequence),
		messages.map((_, at) => at),
	);
});

test("C18 within a stream time never runs backwards, and what the clock said is kept", () => {
	const { writer, clock } = open();
	const first = JSON.parse(writer.write({ type: "track", event: "a" }));
	clock.move(-60_000);
	const second = JSON.parse(writer.write({ type: "track", event: "b" }));
	clock.move(120_000);
	const third = JSON.parse(writer.write({ type: "track", event: "c" }));
	assert.equal(first.originalTimestamp, undefined);
	assert.equal(second.timestamp, first.timestamp);
	assert.equal(second.originalTimestamp, "2026-01-05T09:59:00.000Z");
	assert.equal(third.timestamp, "2026-01-05T10:01:00.000Z");
	assert.equal(third.originalTimestamp, undefined);
});

test("C07 an event of more than 32 KB is refused, and takes no number", () => {
	const { writer } = open();
	// Two bytes each in UTF-8: it is bytes that count.
	assert.throws(
		() => writer.write({ type: "track", event: "e", body: copyOf({ text: "é".repeat(17_000) }) }),
		/too_large/,
	);
	assert.ok(writer.write({ type: "track", event: "e", body: copyOf({ text: "e".repeat(30_000) }) }));
	assert.equal(JSON.parse(writer.write({ type: "track", event: "e" })).context.sequence, 1);
});

test("properties and traits are spliced in as they were copied", () => {
	const { writer } = open();
	const tracked = JSON.parse(
		writer.write({ type: "track", event: "e", body: copyOf({ a: [1, { b: "}" }] }) }),
	);
	assert.deepEqual(tracked.properties, { a: [1, { b: "}" }] });
	const identified = JSON.parse(writer.write({ type: "identify", body: copyOf({ plan: null }) }));
	assert.deepEqual(identified.traits, { plan: null });
	assert.equal("properties" in identified, false);
});

test("the signature of a membership goes with its group call alone, and that of the user is none", () => {
	const { writer } = open();
	const signature = "5".repeat(64);
	const write = (draft) => JSON.parse(writer.write(draft));
	const group = write({ type: "group", groupId: "acme", body: copyOf({ plan: "pro" }), signature });
	assert.deepEqual(
		[group.groupId, group.context.groupSignature, group.signature, group.traits],
		["acme", signature, undefined, { plan: "pro" }],
	);
	for (const draft of [
		{ type: "group", groupId: "acme" },
		{ type: "identify", signature },
		{ type: "track", event: "e" },
	])
		assert.equal("groupSignature" in write(draft).context, false, draft.type);
});

test("what JSON cannot say is refused, with what it is", () => {
	const cycle = {};
	cycle.self = cycle;
	for (const [bad, why] of [
		[{ f() {} }, /"f" is a function/],
		[{ deep: [{ n: 1n }] }, /"n" is a bigint/],
		[{ s: Symbol("s") }, /"s" is a symbol/],
		[cycle, /circular/i],
		["text", /no object/],
		[[1], /no object/],
		[{ toJSON: () => 7 }, /no object/],
	])
		assert.throws(
			() => copyOf(bad),
			(error) => why.test(String(error)),
		);
	assert.equal(copyOf(undefined), undefined);
	assert.equal(copyOf(null), undefined);
	assert.equal(copyOf({ when: new Date(0), gone: undefined }), '{"when":"1970-01-01T00:00:00.000Z"}');
});

test("half a surrogate pair is replaced, so that the event exists for the collector", () => {
	assert.equal(copyOf({ text: "😀".slice(0, 1) }), '{"text":"\ufffd"}');
	assert.equal(copyOf({ text: "😀" }), '{"text":"😀"}');
});

test("C19 the offset is that of the place and the time of the event: over a change to summer time, and to another zone", () => {
	const { TZ } = process.env;
	try {
		process.env.TZ = "Europe/Berlin";
		// Half an hour before the clocks are put forward.
		const { writer, clock } = open(handClock(Date.parse("2026-03-29T00:30:00Z")));
		const offset = () => {
			const { timestamp, context } = JSON.parse(writer.write({ type: "track", event: "e" }));
			return [timestamp, context.timezoneOffset];
		};
		assert.deepEqual(offset(), ["2026-03-29T00:30:00.000Z", 60]);
		clock.move(3_600_000);
		assert.deepEqual(offset(), ["2026-03-29T01:30:00.000Z", 120]);
		process.env.TZ = "Asia/Kolkata";
		clock.move(60_000);
		assert.deepEqual(offset(), ["2026-03-29T01:31:00.000Z", 330]);
		process.env.TZ = "America/New_York";
		clock.move(60_000);
		assert.deepEqual(offset(), ["2026-03-29T01:32:00.000Z", -240]);
	} finally {
		if (TZ === undefined) delete process.env.TZ;
		else process.env.TZ = TZ;
	}
});
