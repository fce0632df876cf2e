import { groundOf, trouble } from "./ground.js";
import { openIndexedDb } from "./indexeddb.js";
import { openMemory } from "./memory.js";
import type { Kind, Problem, Row, Store, Trouble } from "./store.js";

export interface BestEvents {
	/** So many rows could not be read. */
	damaged(count: number): void;
	/** Another tab wrote. */
	heard(): void;
	/** What waits, for the next store, and the newest key that was ever read. */
	carry(): { rows: Row[]; newest: number };
	/** It is another store than before, or a new one of its kind. */
	moved(): void;
	/** From here on it is this store. */
	fell(kind: Kind, why: Trouble): void;
	/** Another page erased all, and meant it. */
	erased(): void;
}

/** The best store there is. */
export interface Best {
	/** Undefined until the first is open. */
	readonly kind: Kind | undefined;
	/** Why it is not IndexedDB. */
	readonly problem: Problem | undefined;
	/** Works on it; where that fails on a better one, again on the next one down. So a work is to be whole or nothing. */
	run<T>(work: (store: Store) => Promise<T>): Promise<T>;
	/** From here on in memory. */
	close(): void;
}

/** Opens IndexedDB, else localStorage, else memory; and goes one down whenever the one in use fails (C13). */
export function openBest(
	{ name, stream, clock, mayStore }: Parameters<typeof groundOf>[0] & { mayStore(): boolean },
	{ damaged, heard, carry, moved, fell, erased }: BestEvents,
): Best {
	const ground = groundOf({ name, stream, clock }, { damaged, heard });
	const openers: (() => Promise<Store>)[] = [
		() => openIndexedDb(ground),
		// Nearly no page needs it.
		() => ground.patiently(import("./localstorage.js")).then((module) => module.openLocalStorage(ground)),
		async () => openMemory(ground),
	];
	const kinds: Kind[] = ["indexeddb", "localstorage", "memory"];
	const memory = 2;
	/** While somebody clears the site's data the browser closes what is opened anew, too; but nobody tries for ever. */
	let reopenings = 5;

	const open = async (level: number, why?: Trouble): Promise<Store> => {
		try {
			const store = await (openers[level] as () => Promise<Store>)();
			const { rows, newest } = carry();
			if (newest) await store.adopt(rows, newest);
			moved();
			best.kind = store.kind;
			if (level && why) {
				best.problem = why.problem;
				fell(store.kind, why);
			}
			return store;
		} catch (error) {
			if (level === memory) throw error;
			return next(level, why ?? (error as Trouble));
		}
	};
	/** What comes after a store of this level, which failed or cannot be opened. */
	const next = (level: number, why: Trouble): Promise<Store> => {
		if (why.problem !== "closed" || !reopenings) return open(level + 1, why);
		reopenings--;
		return open(0);
	};
	const after = (store: Store, error: Trouble): Promise<Store> => {
		store.close();
		if (error.problem !== "erased") return next(kinds.indexOf(store.kind), error);
		erased();
		return open(0);
	};
	const best: Best & { kind?: Kind; problem?: Problem } = {
		kind: undefined,
		problem: undefined,
		async run(work) {
			let freed = false;
			for (;;) {
				const opening = current;
				const store = await opening;
				try {
					return await work(store);
				} catch (error) {
					if (store.kind === "memory") throw error;
					const why = (error as Trouble).problem ? (error as Trouble) : trouble("unavailable", error);
					if (why.problem === "quota" && !freed) {
						freed = true;
						if (
							await store.free().then(
								() => true,
								() => false,
							)
						)
							continue;
					}
					// Of several that failed with it, one goes down.
					if (current === opening) current = after(store, why);
				}
			}
		},
		close() {
			current.then((store) => store.close());
			current = open(memory);
		},
	};
	let current = open(mayStore() ? 0 : memory);
	return best;
}
