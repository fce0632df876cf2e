/** An event in the journal. */
export interface Row {
	key: number;
	/** The message's JSON. */
	json: string;
	/** The collector has it; kept until a stored snapshot covers it. */
	sent?: 1;
}

/** What a transaction works on. One that returns a request has asked for all that it wants. */
export type Work<T> = (events: IDBObjectStore, state: IDBObjectStore) => IDBRequest<T> | undefined;

/** Runs `work` in one transaction; its request's result, once the transaction is durable. */
export type Database = <T>(mode: IDBTransactionMode, work: Work<T>) => Promise<T>;

/** Opens the database, or rejects: missing, blocked, private. */
export function openDatabase(name: string): Promise<Database> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, 1);
		opening.onupgradeneeded = () => {
			opening.result.createObjectStore("events", { autoIncrement: true, keyPath: "key" });
			opening.result.createObjectStore("state");
		};
		opening.onblocked = opening.onerror = reject;
		opening.onsuccess = () => {
			const database = opening.result;
			// Another tab erases or upgrades it: do not stand in its way.
			database.onversionchange = () => database.close();
			resolve(
				(mode, work) =>
					new Promise((resolve, reject) => {
						const transaction = database.transaction(["events", "state"], mode);
						const request = work(transaction.objectStore("events"), transaction.objectStore("state"));
						// WebKit freezes a page that goes with what it has open, and all other pages wait for that.
						if (request) transaction.commit();
						transaction.oncomplete = () => resolve(request?.result as never);
						// An error of a request, a full disk among them, ends in an abort.
						transaction.onabort = () => reject(transaction.error);
					}),
			);
		};
	});
}
