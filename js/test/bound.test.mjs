// What all bindings stand on: a view and a nudge that are the same object until they have changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";
import { fakeClient, view } from "./fake-client.mjs";

const { watchView } = await load("bound/view.ts");
const { watchNudge } = await load("bound/nudge.ts");
const { same } = await load("bound/same.ts");

test("a view is the same object until it says something else, watched or not", () => {
	const client = fakeClient(view());
	const watched = watchView(client);
	const first = watched.now();
	assert.equal(watched.now(), first, "though the client makes a new one each time");
	let told = 0;
	const end = watched.watch(() => told++);
	assert.equal(watched.now(), first);
	client.see(view());
	assert.deepEqual([told, watched.now() === first], [0, true]);
	client.see(view({ stages: { journey: "set_up" } }));
	assert.deepEqual([told, watched.now().stages.journey], [1, "set_up"]);
	end();
	assert.equal(client.listening, 0);
});

test("C24 what the server knew stands until the client has an answer of its own", () => {
	const served = view({ stages: { journey: "champion" } });
	const client = fakeClient(undefined);
	const watched = watchView(client, served);
	watched.watch(() => {});
	assert.deepEqual(watched.now(), { ...served, state: "pending" }, "it is no answer of this page");
	assert.equal(watched.now(), watched.initial);
	client.turn({ engine: "loading" }, view({ state: "pending" }));
	assert.equal(watched.now(), watched.initial, "what this browser knew is no answer yet");
	client.turn({ engine: "ready" }, view({ state: "pending" }));
	client.see(view({ stages: { journey: "activated" } }));
	assert.equal(watched.now().stages.journey, "activated");
	client.turn({ engine: "loading" });
	assert.equal(watched.now(), undefined, "and never comes back");
});

test("C24 whoever signs out, or takes consent back, is not to be seen, though no change tells of it", () => {
	for (const leave of [
		(client) => client.turn({ engine: "loading" }),
		(client) => client.turn({ consent: "denied" }),
	]) {
		const client = fakeClient(view({ state: "pending" }));
		const watched = watchView(client, view({ state: "pending" }));
		watched.watch(() => {});
		client.turn({ engine: "ready" });
		let told = 0;
		watched.watch(() => told++);
		leave(client);
		assert.deepEqual([told, watched.now()], [1, undefined]);
	}
});

test("one who stops watching is told nothing more, and the others are, also in the middle of being told", () => {
	const client = fakeClient(view());
	const watched = watchView(client);
	const told = [];
	const ends = ["one", "two"].map((name) =>
		watched.watch(() => {
			told.push(name);
			ends[1]();
		}),
	);
	client.see(view({ at: 1 }));
	client.see(view({ at: 2 }));
	assert.deepEqual(told, ["one", "one"]);
});

test("a nudge is due until it is answered, or to be taken away; and only if the host draws it", () => {
	const client = fakeClient();
	const watched = watchNudge(client, () => undefined)();
	let told = 0;
	watched.watch(() => told++);
	client.due("banner", "banner");
	assert.equal(watched.now(), undefined);
	client.due("hint");
	assert.equal(watched.now().id, "hint");
	watched.now().report("shown");
	assert.equal(watched.now().id, "hint");
	watched.now().report("dismissed");
	assert.deepEqual([watched.now(), told], [undefined, 2]);
	client.due("hint");
	watched.now().report("shown");
	watched.now().report("ignored");
	assert.deepEqual([watched.now(), told], [undefined, 4], "said by the host, it has gone from its screen");
	assert.deepEqual(
		client.calls.map(([outcome]) => outcome),
		["shown", "dismissed", "shown", "ignored"],
	);
	const takeAway = client.due("hint");
	takeAway();
	assert.equal(watched.now(), undefined);
	const all = watchNudge(client, () => ({ writeKey: "wk", nudges: false }))();
	all.watch(() => {});
	client.due("banner", "banner");
	assert.equal(all.now().id, "banner");
});

test("what is on screen stays due while its component moves; what was only due is over with whom it was for", () => {
	const client = fakeClient();
	const watched = watchNudge(client, () => undefined)();
	const leave = watched.watch(() => {});
	client.due("hint");
	leave();
	assert.deepEqual([watched.now(), client.listening], [undefined, 0]);
	const move = watched.watch(() => {});
	const takeAway = client.due("hint");
	watched.now().report("shown");
	move();
	assert.equal(watched.now().id, "hint");
	takeAway();
	assert.deepEqual([watched.now(), client.listening], [undefined, 0]);
});

test("C33 what was on screen leaves the slot, unanswered, where nobody who draws it is there any more", (t) => {
	t.mock.timers.enable({ apis: ["setTimeout"] });
	const client = fakeClient();
	const due = watchNudge(client, () => undefined);
	const [hints, others] = [due("hint", "tip"), due("other")];
	const leaveOthers = others.watch(() => {});
	const shown = () => {
		const leave = hints.watch(() => {});
		const takeAway = client.due("hint");
		assert.equal(others.now(), undefined, "it is not theirs");
		hints.now().report("shown");
		client.calls.length = 0;
		return { leave, takeAway };
	};
	shown().leave();
	t.mock.timers.tick(1_000);
	assert.equal(hints.now().id, "hint", "it may be on its way to another page");
	const back = hints.watch(() => {});
	t.mock.timers.tick(60_000);
	assert.deepEqual([hints.now().id, client.calls], ["hint", []]);
	back();
	t.mock.timers.tick(60_000);
	assert.deepEqual([hints.now(), client.calls], [undefined, [["ignored", "hint"]]]);
	for (const end of [(takeAway) => takeAway(), () => hints.now().report("acted")]) {
		const { leave, takeAway } = shown();
		leave();
		end(takeAway);
		client.calls.length = 0;
		t.mock.timers.tick(60_000);
		assert.deepEqual(client.calls, [], "what is over is not ignored");
	}
	leaveOthers();
	assert.equal(client.listening, 0);
});

test("the same is what JSON says the same of, and of all else only the same thing", () => {
	const cases = [
		[{ a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
		[{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
		[{ a: 1 }, { a: 1, b: undefined }, false],
		[[1], { 0: 1 }, false],
		[Number.NaN, Number.NaN, true],
		[new Date(0), new Date(0), false],
		[{ a: 1 }, { b: 1 }, false],
		[null, {}, false],
	];
	for (const [one, other, wanted] of cases)
		assert.equal(same(one, other), wanted, JSON.stringify([one, other]));
});
