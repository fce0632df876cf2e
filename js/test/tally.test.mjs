import assert from "node:assert/strict";
import { test } from "node:test";
import { load, memoryStorage } from "./bundle.mjs";

const { openTally } = await load("tally.ts");
/** With what `local` has besides: all that stands under names that begin so. */
const storage = () => {
	const local = memoryStorage();
	const { all: entries, ...rest } = local;
	return {
		...rest,
		all: (start) =>
			new Map(
				[...entries]
					.filter(([name]) => name.startsWith(start))
					.map(([name, value]) => [name.slice(start.length), value]),
			),
	};
};
const event = (stream) => JSON.stringify({ event: "e", context: { stream } });
const told = (tally) => [...tally.all().values()].map((text) => JSON.parse(text));

test("what is lost is counted with the page load that it was of, and told until the collector has heard", () => {
	const local = storage();
	const before = openTally(local, { stream: "old", taken: 7 }, {});
	before.save();
	const untaken = { bad_name: 1 };
	const tally = openTally(local, { stream: "new", taken: 3 }, untaken);
	tally.dropped("queue_full", [event("old"), event("old"), event("new")]);
	tally.untaken("too_large");
	const streams = tally.all();
	assert.deepEqual(told(tally), [
		{ stream: "old", taken: 7, dropped: { queue_full: 2 }, untaken: {} },
		{ stream: "new", taken: 3, dropped: { queue_full: 1 }, untaken: { bad_name: 1, too_large: 1 } },
	]);
	assert.deepEqual(tally.lost(), { queue_full: 3, bad_name: 1, too_large: 1 });

	// More was lost while the request was on its way: that is still to be told.
	tally.dropped("refused", [event("old")]);
	tally.told(streams);
	assert.deepEqual(
		told(tally).map(({ stream, dropped }) => [stream, dropped]),
		[
			["old", { queue_full: 2, refused: 1 }],
			["new", { queue_full: 1 }],
		],
	);
	tally.told(tally.all());
	assert.deepEqual(
		told(tally).map(({ stream }) => stream),
		["new"],
		"one's own goes on",
	);
});

test("events of which nobody knows any more what they were are counted all the same", () => {
	const tally = openTally(storage(), { stream: "s", taken: 0 }, {});
	tally.dropped("unreadable", ["{", "null", "7"]);
	assert.deepEqual(tally.lost(), { unreadable: 3 });
});
