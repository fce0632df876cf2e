// `ripen/segment`: what Segment's client dispatches becomes the same events of Ripen, whoever signs in and out meanwhile.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { load } from "./bundle.mjs";

const { follow, middleware } = await load("segment.ts");

/** Ripen, as far as it is called, in short: the call, what it is about, and by which id. */
function fakeRipen(person) {
	const calls = [];
	const note =
		(method, hasTold = 2) =>
		(name, ...rest) => {
			const { messageId } = rest[hasTold - 1] ?? {};
			calls.push([method, name, messageId].filter((part) => part !== undefined).join(" "));
		};
	const names = ["track", "page", "identify", "group"];
	return {
		calls,
		last: undefined,
		view: () => person && { person },
		reset: () => calls.push("reset"),
		...Object.fromEntries(names.map((name) => [name, note(name)])),
	};
}
/** Segment's client, as far as it is listened to. */
function fakeSegment() {
	const listeners = {};
	return {
		on(name, listener) {
			listeners[name] = listener;
		},
		dispatch: (event) => listeners.dispatch_start({ event }),
		reset: () => listeners.reset(),
	};
}
let made = 0;
const event = (type, more) => ({ type, messageId: `m${++made}`, anonymousId: "anon-1", ...more });
const track = (name, more) => event("track", { event: name, ...more });

const warned = [];
const { warn, error } = console;
before(() => {
	globalThis.document = {};
	console.warn = (text) => warned.push(text);
	console.error = (thrown) => warned.push(`${thrown}`);
});
after(() => {
	delete globalThis.document;
	Object.assign(console, { warn, error });
});
beforeEach(() => {
	made = warned.length = 0;
});
function followed(person) {
	const [segment, ripen] = [fakeSegment(), fakeRipen(person)];
	follow(segment, ripen);
	return { segment, ripen };
}

test("each event is told with Segment's id and time, and a copy of what it says", () => {
	const calls = [];
	const { segment } = { segment: fakeSegment() };
	const ripen = {
		view: () => undefined,
		track: (...args) => calls.push(args),
		page: (...args) => calls.push(args),
	};
	follow(segment, ripen);
	const timestamp = new Date(Date.UTC(2026, 0, 5, 10));
	const properties = { at: timestamp, left: undefined };
	segment.dispatch(track("e", { properties, timestamp }));
	segment.dispatch(
		event("page", {
			name: "Home",
			category: "Docs",
			properties: { path: "/" },
			timestamp: timestamp.toISOString(),
		}),
	);
	const told = (messageId) => ({ messageId, timestamp: timestamp.getTime() });
	assert.deepEqual(calls, [
		["e", { at: "2026-01-05T10:00:00.000Z" }, told("m1")],
		["Home", { category: "Docs", path: "/" }, told("m2")],
	]);
});

test("every type has its call, and Ripen's own events do not come back", () => {
	const { segment, ripen } = followed();
	segment.dispatch(track("e"));
	segment.dispatch(event("page", { name: "Home" }));
	segment.dispatch(event("screen", { name: "Home" }));
	segment.dispatch(event("identify", { userId: "ada", traits: {} }));
	segment.dispatch(event("group", { userId: "ada", groupId: "acme" }));
	segment.dispatch(event("group", { userId: "ada" }));
	segment.dispatch(event("alias", { userId: "ada", previousId: "anon-1" }));
	segment.dispatch(event("alias", { userId: "ada", previousId: "other" }));
	segment.dispatch(track("$nudge_shown", { userId: "ada" }));
	assert.deepEqual(ripen.calls, [
		"track e m1",
		"page Home m2",
		"page Home m3",
		"identify ada m4",
		"group acme m5",
		"identify ada m7",
	]);
});

test("who signed in before Ripen was there is known by the first event, and only once", () => {
	const { segment, ripen } = followed();
	segment.dispatch(track("e", { userId: "ada" }));
	segment.dispatch(track("f", { userId: "ada" }));
	assert.deepEqual(ripen.calls, ["identify ada", "track e m1", "track f m2"]);
	const known = followed("ada");
	known.segment.dispatch(track("e", { userId: "ada" }));
	assert.deepEqual(known.ripen.calls, ["track e m3"], "as Ripen has stored it");
});

test("signing out is at once, what comes after is the next person's, and what comes too late of the last is nobody's", () => {
	const { segment, ripen } = followed();
	segment.dispatch(track("e", { userId: "ada" }));
	segment.dispatch(track("signed_out", { userId: "ada" }));
	segment.reset();
	assert.equal(ripen.calls.at(-1), "reset");
	segment.dispatch(track("late", { userId: "ada" }));
	segment.dispatch(track("f", { anonymousId: "anon-2" }));
	segment.dispatch(event("identify", { anonymousId: "anon-2", userId: "bob" }));
	assert.deepEqual(ripen.calls.slice(2), ["track signed_out m2", "reset", "track f m4", "identify bob m5"]);
	assert.match(warned.join(), /too late: late \[segment_late\]/);
});

test("another anonymous id is another person, unless it is the same user's", () => {
	const { segment, ripen } = followed();
	segment.dispatch(track("e", { userId: "ada" }));
	segment.dispatch(track("f", { userId: "ada", anonymousId: "set-by-host" }));
	segment.dispatch(track("g", { anonymousId: "anon-2" }));
	assert.deepEqual(ripen.calls, ["identify ada", "track e m1", "track f m2", "reset", "track g m3"]);
});

test("C12 what goes wrong here does not reach Segment", () => {
	const segment = fakeSegment();
	follow(segment, { view: () => undefined, track: () => assert.fail("broken") });
	segment.dispatch(track("e"));
	const circular = {};
	circular.self = circular;
	segment.dispatch(track("f", { properties: circular }));
	assert.equal(warned.length, 2);
});

test("C05 the middleware hands on what it got, once each, and hears what is tried again but once", async () => {
	const ripen = fakeRipen();
	const heard = middleware(ripen);
	const passed = [];
	const payload = { obj: track("e", { properties: { a: 1 } }) };
	const before = JSON.stringify(payload);
	for (let times = 0; times < 2; times++) heard({ payload, next: (handed) => passed.push(handed) });
	assert.deepEqual(passed, [payload, payload]);
	assert.ok(passed.every((each) => each === payload));
	assert.equal(JSON.stringify(payload), before);
	assert.deepEqual(ripen.calls, ["track e m1"]);
	const broken = middleware({ view: () => undefined, track: () => assert.fail("broken") });
	broken({ payload, next: (handed) => passed.push(handed) });
	assert.equal(passed.length, 3);
});
