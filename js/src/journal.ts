import type { Core } from "./core.js";
import { type Database, openDatabase, type Row, type Work } from "./database.js";

/** Sent events that no snapshot covers yet are kept as a bounded log: where there is no playbook, none ever does. */
const mostSent = 1_000;

/** What the engine knows after the events up to `position`. */
export interface Cover {
	position: number;
	/** Stores that, and of the `rows` that leave the journal what is worth it. */
	keep(rows: Row[], state: IDBObjectStore): void;
}

export interface Journal {
	readonly store: "indexeddb" | "memory";
	/** What earlier page loads and other tabs left has been read. */
	readonly ready: boolean;
	/** Taken, not yet durable; what is appended here is written after `append`. */
	readonly unwritten: string[];
	/** Events that the collector does not have, by key, oldest first. */
	readonly waiting: Map<number, string>;
	/** Events in the order of all tabs, for the engine, which takes them out. */
	log: Row[];
	append(): void;
	/**
	 * These events need not be sent any more. They leave the journal in the transaction that stores what covers them, or
	 * at once where nothing will ever fold them (`forget`).
	 */
	settle(keys: number[], cover: Cover | undefined, forget: boolean): Promise<void>;
	/** Other tabs wrote or settled. */
	catchUp(settled?: number[]): void;
	/** After a time without news of other tabs: drops what they have settled. */
	resync(): void;
	/** What is nowhere but in memory, oldest first. */
	inMemory(): string[];
	/** Lets go of the sent events, of the past and of what was evaluated: nobody is to know of it any more. */
	forget(): Promise<void>;
	/** From now on nothing is stored. */
	close(): void;
	/** In a transaction, if there is a database; undefined if there is none, or none any more. */
	run<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T | undefined>;
}

export interface JournalEvents {
	/** There are new rows in `waiting` and `log`. */
	changed(): void;
	/** Other tabs should know: new rows, or `settled` ones. */
	tell(settled?: number[]): void;
	/** From here on events wait in memory only. */
	lost(error: unknown): void;
}

/** The log of events: its keys increase over all tabs. In IndexedDB, else (C13) in memory. */
export function openJournal(
	name: string,
	{ unwritten, travels, mayStore }: Pick<Core, "unwritten" | "travels" | "mayStore">,
	{ changed, tell, lost }: JournalEvents,
): Journal {
	const waiting = new Map<number, string>();
	const sent = new Map<number, Row>();
	let database: Database | undefined;
	let newest = 0;
	let pumping = false;
	let again = true;
	let rescan = false;

	const fall = (error: unknown) => {
		if (journal.store === "memory") return;
		journal.store = "memory";
		database = undefined;
		lost(error);
	};
	const run = async <T>(mode: IDBTransactionMode, work: Work<T>): Promise<T | undefined> => {
		await opened;
		try {
			return await database?.(mode, work);
		} catch (error) {
			fall(error);
		}
	};
	/** What does not travel is as good as sent. */
	const rowOf = (json: string): Omit<Row, "key"> => (travels(json) ? { json } : { json, sent: 1 });
	const feed = (rows: Row[]) => {
		for (const row of rows) {
			newest = row.key;
			if (row.sent) sent.set(row.key, row);
			else waiting.set(row.key, row.json);
			journal.log.push(row);
		}
		changed();
	};
	/** Writes what was taken, in one transaction a turn, then reads in the order of all tabs. */
	const pump = async () => {
		if (pumping) return;
		pumping = true;
		await opened;
		while (again || unwritten.length) {
			again = false;
			const batch = unwritten.slice();
			if (batch.length)
				await run("readwrite", (events) => batch.map((json) => events.add(rowOf(json))).at(-1));
			// The engine skips what it has folded.
			const anew = rescan;
			rescan = false;
			const rows = await run<Row[]>("readonly", (events) =>
				events.getAll(IDBKeyRange.lowerBound(anew ? 0 : newest, true)),
			);
			// Only now: who looks meanwhile must not find that nothing waits.
			if (anew && rows) waiting.clear();
			unwritten.splice(0, batch.length);
			journal.ready = true;
			feed(rows ?? batch.map((json, at) => ({ key: newest + 1 + at, ...rowOf(json) })));
			if (batch.length) tell();
		}
		pumping = false;
	};

	const journal: Journal & { store: string; ready: boolean } = {
		store: "indexeddb",
		ready: false,
		unwritten,
		waiting,
		log: [],
		append: () => void pump(),
		async settle(keys, cover, forget) {
			for (const key of keys) {
				const json = waiting.get(key);
				if (json !== undefined) sent.set(key, { key, json, sent: 1 });
				waiting.delete(key);
			}
			const surplus = sent.size - mostSent;
			const covered = [...sent.values()].filter(
				({ key }, at) => forget || key <= (cover?.position ?? 0) || at < surplus,
			);
			for (const { key } of covered) sent.delete(key);
			await run("readwrite", (events, state) => {
				cover?.keep(covered, state);
				for (const key of keys) if (sent.has(key)) events.put(sent.get(key));
				for (const { key } of covered) events.delete(key);
				return undefined;
			});
			tell(keys);
			changed();
		},
		catchUp(settled = []) {
			for (const key of settled) waiting.delete(key);
			again = true;
			pump();
		},
		resync() {
			rescan = true;
			journal.catchUp();
		},
		inMemory() {
			if (journal.store !== "memory") return [];
			const rows = [...waiting].map(([key, json]) => ({ key, json }));
			return [...rows, ...sent.values()].sort((one, other) => one.key - other.key).map(({ json }) => json);
		},
		async forget() {
			for (const key of sent.keys()) sent.delete(key);
			journal.log.length = 0;
			await run("readwrite", (events, state) => {
				state.clear();
				const all: IDBRequest<Row[]> = events.getAll();
				all.onsuccess = () => {
					for (const { key, sent } of all.result) if (sent) events.delete(key);
					const position = all.result.at(-1)?.key ?? newest;
					state.put({ position }, "snapshot");
					state.put(position, "forgotten");
				};
				return undefined;
			});
		},
		close() {
			database = undefined;
			journal.store = "memory";
		},
		run,
	};
	const opened = (async () => {
		if (!mayStore()) {
			journal.store = "memory";
			return;
		}
		try {
			database = await openDatabase(name);
		} catch (error) {
			fall(error);
		}
	})();
	pump();
	return journal;
}
