// What has to hold of a database whatever happened: each event once, none missing, and one fold everywhere.
import assert from "node:assert/strict";
import { exported } from "./collector.mjs";
import { readPanel } from "./panel.mjs";
import { replay } from "./replay.mjs";

/**
 * `taken` is how many events each page load took, as its panel said. They are numbered within the page load, so the
 * database has them all if it has so many and their numbers leave no gap.
 */
export async function holdsEachEventOnce(database, { sent, acknowledged }, taken) {
	const { events } = await exported(database);
	const stored = events.map(({ messageId }) => messageId);
	assert.equal(new Set(stored).size, stored.length, "no messageId twice");
	for (const id of acknowledged) assert.ok(stored.includes(id), `${id} was acknowledged`);
	assert.deepEqual([...sent].sort(), [...stored].sort(), "what was sent is what is stored");

	const streams = new Map();
	for (const { context } of events)
		streams.set(context.stream, [...(streams.get(context.stream) ?? []), context.sequence]);
	for (const numbers of streams.values()) {
		const inOrder = numbers.sort((a, b) => a - b);
		assert.deepEqual(
			inOrder,
			inOrder.map((_, place) => place),
			"the numbers of a page load leave no gap",
		);
	}
	const counts = [...streams.values()].map((numbers) => numbers.length);
	const ascending = (a, b) => a - b;
	assert.deepEqual(counts.sort(ascending), taken.map(Number).sort(ascending), "all that was taken is stored");
	return events;
}

const stateOf = ({ signals, stages, segments, moments, momentum }) => ({
	...{ signals, stages, segments, moments, momentum },
});

/** The stored events, folded again by the command line, give the person whom the panel shows. */
export async function foldsAlike(page, database, events) {
	const { text } = await exported(database);
	let seen;
	let folded;
	// Where an hour has just begun, the page may be a second behind.
	for (let tries = 0; tries < 10; tries++) {
		seen = await readPanel(page);
		const lines = await replay(text, "--at", seen.clock);
		const { userId } = events.findLast(({ userId }) => userId);
		folded = lines.find(({ person }) => person === userId);
		if (JSON.stringify(stateOf(seen)) === JSON.stringify(stateOf(folded))) break;
	}
	assert.deepEqual(stateOf(seen), stateOf(folded));
	return folded;
}
