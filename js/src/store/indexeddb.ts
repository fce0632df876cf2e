import { keepPast } from "./past.js";
import type { Cover, Ground, Problem, Row, Store } from "./store.js";

const version = 1;

/** What a transaction works on. One that returns a request has asked for all that it wants. */
type Work = (events: IDBObjectStore, state: IDBObjectStore) => unknown;
/** The result of the work's request, if it returns one, once the transaction is complete. */
export type Run = <T>(mode: IDBTransactionMode, work: Work) => Promise<T>;

const problems: Record<string, Problem> = {
	QuotaExceededError: "quota",
	VersionError: "future_version",
	NotFoundError: "damaged",
	UnknownError: "damaged",
	DataError: "damaged",
	DataCloneError: "damaged",
	NotReadableError: "damaged",
	// As the browser closes it, before it says so.
	AbortError: "closed",
	InvalidStateError: "closed",
};

/** Rejects: missing, private, damaged, of a later version; or after a while, where another page blocks it. */
export function connect({ name, patiently, trouble }: Ground): Promise<IDBDatabase> {
	let late = false;
	let blocked = false;
	const opened = new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open(name, version);
		opening.onupgradeneeded = () => {
			opening.result.createObjectStore("events", { autoIncrement: true, keyPath: "key" });
			opening.result.createObjectStore("state");
		};
		opening.onblocked = () => {
			blocked = true;
		};
		opening.onerror = () => reject(opening.error);
		// Nobody waits for it any more: it must not block others.
		opening.onsuccess = () => (late ? opening.result.close() : resolve(opening.result));
	});
	return patiently(opened, () => {
		late = true;
	}).catch((error) => {
		throw late && blocked ? trouble("blocked") : error;
	});
}

export const deleted = ({ name, patiently }: Ground) =>
	patiently(
		new Promise((resolve, reject) => {
			const deleting = indexedDB.deleteDatabase(name);
			deleting.onsuccess = resolve;
			deleting.onerror = () => reject(deleting.error);
		}),
	);

/** What nearly no page needs. */
const rare = () => import("./indexeddb-rare.js");

/** The store of nearly every page. No type of IndexedDB leaves this file and its neighbours `past` and `indexeddb-rare`. */
export async function openIndexedDb(ground: Ground): Promise<Store> {
	const { patiently, trouble, soundOf, isSound } = ground;
	let gone: Problem | undefined;
	const fail = (error: unknown): never => {
		const { name = "", problem } = (error ?? {}) as { name?: string; problem?: Problem };
		throw problem && !gone ? error : trouble(gone ?? problems[name] ?? "unavailable", error);
	};
	let database = await connect(ground).catch(fail);
	let left: Row[] = [];
	if (database.objectStoreNames.length < 2) {
		const { remade } = await rare();
		[database, left] = await remade(ground, database, connect, deleted).catch(fail);
	}
	// Another tab erases or upgrades it: do not stand in its way.
	database.onversionchange = ({ newVersion }) => {
		gone = newVersion ? "future_version" : "erased";
		database.close();
	};
	// By the browser: the user clears the site's data, or the disk went.
	database.onclose = () => {
		gone = "closed";
	};

	const run: Run = (mode, work) =>
		patiently(
			new Promise<never>((resolve, reject) => {
				// That of all browsers by now: it outlives the page and the browser, not a loss of power (docs/decisions/0014).
				const transaction = database.transaction(["events", "state"], mode, { durability: "relaxed" });
				let request: unknown;
				transaction.oncomplete = () => resolve((request as IDBRequest | undefined)?.result as never);
				// An error of a request, a full disk among them, ends in an abort.
				transaction.onabort = () => reject(transaction.error);
				try {
					request = work(transaction.objectStore("events"), transaction.objectStore("state"));
					// WebKit freezes a page that goes with what it has open, and all other pages wait for that.
					if (request) transaction.commit();
				} catch (error) {
					reject(error);
					// Nothing of it may stay.
					transaction.abort();
				}
			}),
		).catch(fail);

	const store: Store = {
		kind: "indexeddb",
		append: (batch) => run("readwrite", (events) => batch.map((row) => events.add(row)).at(-1)),
		async rows(after) {
			const range = IDBKeyRange.lowerBound(after, true);
			try {
				const rows = await run<Row[]>("readonly", (events) => events.getAll(range));
				return await soundOf(rows, store);
			} catch (error) {
				if ((error as { problem?: Problem }).problem !== "damaged") throw error;
				const { rows, lost } = await (await rare()).readOneByOne(run, range);
				return await soundOf(rows, store, lost);
			}
		},
		settle: (sent, gone, cover) =>
			run("readwrite", (events, state) => {
				for (const row of sent) events.put(row);
				let from: number | undefined;
				// Keys that follow each other go together: a request each is what makes a large batch expensive.
				for (const [at, { key }] of gone.entries()) {
					from ??= key;
					if (gone[at + 1]?.key === key + 1) continue;
					events.delete(IDBKeyRange.bound(from, key));
					from = undefined;
				}
				if (!cover) return;
				keepPast(gone, state);
				const last: IDBRequest<Cover | undefined> = state.get("snapshot");
				// Another tab may have folded further.
				last.onsuccess = () => {
					if (!(last.result && last.result.position > cover.position)) state.put(cover, "snapshot");
				};
			}),
		async remove(keys) {
			const removed: number[] = [];
			await run("readwrite", (events) => {
				for (const key of keys) {
					const asking = events.getKey(key);
					asking.onsuccess = () => {
						if (asking.result === undefined) return;
						removed.push(key);
						events.delete(key);
					};
				}
			});
			return removed;
		},
		adopt: async (rows, newest) => (await rare()).adopt(run, rows, newest),
		past: async (position) => (await rare()).pastUpTo(run, position, isSound),
		get: (name) => run("readonly", (_, state) => state.get(name)),
		put: (name, value) => run("readwrite", (_, state) => state.put(value, name)),
		free: async () => (await rare()).free(run),
		forget: async () => (await rare()).forget(run),
		async erase() {
			// At once, also where another page that still has it open delays the rest.
			await run("readwrite", (events, state) => {
				events.clear();
				state.clear();
			});
			gone = "erased";
			database.close();
			await deleted(ground).catch(fail);
		},
		close: () => database.close(),
	};
	if (left.length) await store.adopt(left, 0);
	return store;
}
