import assert from "node:assert/strict";
import { test } from "node:test";
import { load, memoryStorage } from "./bundle.mjs";

const { add, openTally } = await load("tally.ts");
const { valuesOf } = await load("values.ts");
const { openLosses } = await load("losses.ts");

/** A page load beside others that share `local`. */
function page(stream, local, taken = 0, untaken = {}) {
	const tally = openTally(local, { stream, taken }, untaken);
	return { tally, untaken, losses: openLosses({ local, stream, tally }) };
}
/** localStorage with what the face has besides: the names of all that there is. */
function shared() {
	const local = memoryStorage();
	return {
		get: local.get,
		set: local.set,
		names: () => [...local.all.keys()],
		prefix: "",
	};
}
const event = (stream) => JSON.stringify({ event: "e", context: { stream } });
const told = ({ losses }) => [...losses.all().values()].map((text) => JSON.parse(text));

test("what is lost is counted with the page load that it was of, and told until the collector has heard", () => {
	const local = shared();
	page("old", local, 7).tally.save();
	const here = page("new", local, 3, { bad_name: 1 });
	here.losses.dropped("queue_full", [event("old"), event("old"), event("new")]);
	add(here.untaken, "too_large");
	const streams = here.losses.all();
	assert.deepEqual(told(here), [
		{ stream: "old", taken: 7, dropped: { queue_full: 2 }, untaken: {} },
		{ stream: "new", taken: 3, dropped: { queue_full: 1 }, untaken: { bad_name: 1, too_large: 1 } },
	]);

	// More was lost while the request was on its way: that is still to be told.
	here.losses.dropped("refused", [event("old")]);
	here.losses.told(streams);
	assert.deepEqual(told(here)[0].dropped, { queue_full: 2, refused: 1 });
	here.losses.told(here.losses.all());
	assert.deepEqual(
		told(here).map(({ stream }) => stream),
		["new"],
		"one's own goes on",
	);
	// The collector keeps the largest: what is lost after it was told has to add to that.
	here.losses.dropped("refused", [event("old")]);
	assert.deepEqual(told(here).find(({ stream }) => stream === "old").dropped, { queue_full: 2, refused: 2 });
});

test("what one tab gives up of another one that lives is not forgotten by that", () => {
	const local = shared();
	const [leader, other] = [page("leader", local), page("other", local, 5)];
	other.tally.save();
	leader.losses.dropped("refused", [event("other"), event("other")]);
	other.tally.dropped("queue_full");
	leader.losses.dropped("refused", [event("other")]);
	other.tally.save();
	leader.losses.told(leader.losses.all());
	other.tally.save();
	leader.losses.dropped("refused", [event("other")]);
	other.tally.save();
	const { dropped, taken } = told(leader).find(({ stream }) => stream === "other");
	assert.deepEqual([taken, dropped], [5, { refused: 4, queue_full: 1 }]);
});

test("C14 what the collector was told of is remembered of so many page loads", () => {
	const local = shared();
	const here = page("here", local);
	for (let at = 0; at < 80; at++) here.losses.dropped("refused", [event(`s${at}`)]);
	here.losses.told(here.losses.all());
	assert.equal(valuesOf(local, "told:").size, 50);
	assert.equal(valuesOf(local, "stream:").size, 1);
});

test("events of which nobody knows any more what they were harm nothing", () => {
	const here = page("s", shared());
	here.losses.dropped("unreadable", ["{", "null", "7"]);
	assert.deepEqual(told(here)[0].dropped, {});
});
