import type { Run } from "./indexeddb.js";
import type { Ground, Past, Row } from "./store.js";

/** The numbers of the past, beside the state. */
const numbers = () => IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);
const dropSent = (events: IDBObjectStore, then?: () => void) => {
	const reading: IDBRequest<Row[]> = events.getAll();
	reading.onsuccess = () => {
		for (const { key, sent } of reading.result) if (sent) events.delete(key);
		then?.();
	};
};

export const adopt = (run: Run, rows: Row[], newest: number) =>
	run("readwrite", (events) => {
		// First of all, since it may be the key of one of them.
		const last = newest ? events.getKey(newest) : undefined;
		if (last)
			last.onsuccess = () => {
				if (last.result !== undefined) return;
				// The next key is above all that ever were.
				events.put({ key: newest, json: "" });
				events.delete(newest);
			};
		for (const row of rows) {
			const asking: IDBRequest<Row | undefined> = events.get(row.key);
			// Another tab may have put it there; or another event, if it was first in a new database.
			asking.onsuccess = () => {
				if (!asking.result) events.put(row);
				else if (asking.result.json !== row.json) events.add({ json: row.json });
			};
		}
	});

export async function pastUpTo(run: Run, position: number, isSound: Ground["isSound"]): Promise<Past> {
	let waiting: Row[] = [];
	const past = await run<(Row & { rows?: Row[] })[]>("readonly", (events, state) => {
		const reading = events.getAll(IDBKeyRange.upperBound(position));
		reading.onsuccess = () => {
			waiting = reading.result;
		};
		return state.getAll(numbers());
	});
	// Those that left together stand together (`past.ts`); and two tabs may have kept the same.
	const all = new Map<number, Row>();
	for (const row of [...past.flatMap((kept) => kept?.rows ?? [kept]), ...waiting])
		if (row?.key <= position && (row.json === "" || isSound(row))) all.set(row.key, row);
	const rows = [...all.values()].sort((one, other) => one.key - other.key);
	// Keys count from one, and none is skipped.
	return { rows: rows.filter(({ json }) => json), isWhole: rows.length === position };
}

/** The past first, then what was sent: the next page loads know less, and nothing is lost that still has to be sent. */
export const free = (run: Run) =>
	run("readwrite", (events, state) => {
		state.delete(numbers());
		state.delete("past");
		dropSent(events);
	});

export const forget = (run: Run) =>
	run("readwrite", (events, state) => {
		state.clear();
		dropSent(events, () => {
			const asking = events.add({ json: "" });
			// The newest key there ever was, whatever is left of it.
			asking.onsuccess = () => {
				events.delete(asking.result);
				state.put({ position: asking.result }, "snapshot");
				state.put(asking.result, "forgotten");
			};
		});
	});

/**
 * A database without its stores, as anybody makes one who opens it by name before Ripen does: what there is of events
 * is read, and all is made anew.
 */
export async function remade(
	ground: Ground,
	database: IDBDatabase,
	connect: (ground: Ground) => Promise<IDBDatabase>,
	deleted: (ground: Ground) => Promise<unknown>,
): Promise<[IDBDatabase, Row[]]> {
	let rows: Row[] = [];
	if (database.objectStoreNames.contains("events"))
		rows = await ground.patiently(
			new Promise((resolve) => {
				const reading = database.transaction("events").objectStore("events").getAll();
				reading.onsuccess = () => resolve(reading.result);
				reading.onerror = () => resolve([]);
			}),
		);
	database.close();
	await deleted(ground);
	return [await connect(ground), rows.filter(ground.isSound)];
}

/** Where a row cannot be read, no row can be read with it: each by itself, then. */
export async function readOneByOne(run: Run, range: IDBKeyRange): Promise<{ rows: Row[]; lost: number[] }> {
	const keys = await run<number[]>("readonly", (events) => events.getAllKeys(range));
	const rows: Row[] = [];
	const lost: number[] = [];
	await run("readonly", (events) => {
		for (const key of keys)
			try {
				const reading: IDBRequest<Row | undefined> = events.get(key);
				reading.onsuccess = () => reading.result && rows.push(reading.result);
				reading.onerror = (event) => {
					event.preventDefault();
					lost.push(key);
				};
			} catch {
				lost.push(key);
			}
	});
	return { rows, lost };
}
