/** What became of the events. `arrivals`: id of ours → the SDK's own id, for each time that it came. */
export function tally(sent, arrivals) {
	let [arrived, twice, stored] = [0, 0, 0];
	for (const id of sent) {
		const keys = arrivals.get(id) ?? [];
		if (keys.length > 0) arrived++;
		if (keys.length > 1) twice++;
		// What a collector that removes duplicates by that id keeps more than once.
		const distinct = new Set(keys.map((key, n) => key ?? n));
		if (distinct.size > 1) stored++;
	}
	const unknown = [...arrivals.keys()].filter((id) => !sent.has(id)).length;
	return { sent: sent.size, arrived, lost: sent.size - arrived, twice, stored, unknown };
}
