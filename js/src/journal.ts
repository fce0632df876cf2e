import type { Core } from "./core.js";
import { limits, surplusOf } from "./limits.js";
import { openBest } from "./store/best.js";
import { type Cover, firstKey, type Kind, type Problem, type Row, type Store } from "./store/store.js";

export interface Journal {
	readonly store: Kind;
	/** Why that is not IndexedDB. */
	readonly problem: Problem | undefined;
	/** What earlier page loads and other tabs left has been read. */
	readonly ready: boolean;
	/** Taken, not yet durable; what is appended here is written after `append`. */
	readonly unwritten: string[];
	/** Events that the collector does not have, by key, oldest first. */
	readonly waiting: Map<number, string>;
	/** Keys of those that are on their way. */
	readonly flying: Set<number>;
	/** Events in the order of all tabs, for the engine, which takes them out. */
	log: Row[];
	/** There is more in `unwritten`, or less in `flying`. Resolves when that is written, and what other tabs wrote before is here. */
	append(): Promise<void>;
	/**
	 * These events need not be sent any more. They leave the journal in the transaction that stores what covers them, or
	 * at once where nothing will ever fold them (`forget`).
	 */
	settle(keys: number[], cover: Cover | undefined, forget: boolean): Promise<void>;
	/** Other tabs wrote or settled. Resolves as `append`. */
	catchUp(settled?: number[]): Promise<void>;
	/** After a time without news of other tabs: drops what they have settled. Resolves as `append`. */
	resync(): Promise<void>;
	/** What is nowhere but in memory, oldest first. */
	inMemory(): string[];
	/** Lets go of the sent events, of the past and of what was evaluated: nobody is to know of it any more. */
	forget(): Promise<void>;
	/** From now on nothing is stored. */
	close(): void;
	/** Works on the store, once it is known whose it is. */
	run<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

export interface JournalEvents {
	/** There is a store: before anything is written to it, and before the engine begins. */
	opening(run: Journal["run"], kind: Kind): Promise<void>;
	/** What was left has been read: `unwritten` may get what is to be taken over. */
	opened(): Promise<void>;
	/** Rows have left the journal before this tab has read them. */
	missed(): Promise<void> | undefined;
	/** There are new rows in `waiting` and `log`. */
	changed(): void;
	/** After a write. */
	written(run: Journal["run"]): Promise<void>;
	/** Other tabs should know: new rows, or `settled` ones. */
	tell(settled?: number[]): void;
	/** Events are given up: their JSON, as far as it is known. */
	drop(reason: string, events: string[]): void;
	/** Too much is kept that only waits to be covered. */
	crowded(): void;
	/** From here on events are kept by a lesser store. */
	fell(kind: Kind, error: unknown): void;
	/** This tab is the one that sends. */
	leading(): boolean;
}

/** The log of events, in the best store there is: its keys increase over all tabs. */
export function openJournal(core: Core, hooks: JournalEvents): Journal {
	const { unwritten } = core;
	const waiting = new Map<number, string>();
	const flying = new Set<number>();
	const sent = new Map<number, Row>();
	/**
	 * Settled since the last read began, which may not know, or by another tab before this one has read them; and
	 * localStorage takes its time from tab to tab.
	 */
	const early = new Set<number>();
	/** As far as it was read; and the newest key ever. */
	let newest = 0;
	let highest = 0;
	/** So many of `unwritten` may be written: the rest is of who comes after. */
	let held = Infinity;
	/** There is something to write, or to read. */
	const due = () => !closed && (again || Math.min(unwritten.length, held) > 0);
	/** How many of `unwritten` are being written. */
	let writing = 0;
	/** How often all was erased: what was read before is no more. */
	let erasures = 0;
	let pumping: Promise<void> | undefined;
	let again = true;
	let rescan = false;
	let closed = false;

	const clear = () => {
		erasures++;
		waiting.clear();
		sent.clear();
		journal.log.length = newest = writing = 0;
	};
	const best = openBest(core, {
		damaged: (count) => hooks.drop("unreadable", Array(count).fill("")),
		heard: () => journal.catchUp(),
		carry: () => ({ rows: [...waiting].map(([key, json]) => ({ key, json })), newest: highest }),
		moved() {
			// Other rows are there; the engine skips what it has folded.
			newest = 0;
			again = true;
		},
		fell: hooks.fell,
		erased() {
			if (waiting.size) hooks.drop("erased", [...waiting.values()]);
			clear();
		},
	});
	/** What does not travel is as good as sent. */
	const rowOf = (json: string): Omit<Row, "key"> => (core.travels(json) ? { json } : { json, sent: 1 });
	const feed = (rows: Row[]) => {
		for (const row of rows) {
			newest = Math.max(newest, row.key);
			if (row.sent) sent.set(row.key, row);
			else if (!early.has(row.key)) waiting.set(row.key, row.json);
			journal.log.push(row);
		}
		hooks.changed();
	};
	/** Whether rows are gone that this tab has not read: another has covered them, and let go of them. */
	const isMissing = (rows: Row[]) => {
		let missing = false;
		for (const { key } of rows) {
			missing ||= key > highest + 1;
			highest = Math.max(highest, key);
		}
		const last = Math.max(...early);
		missing ||= last > highest;
		highest = Math.max(highest, last);
		return missing;
	};
	/** What only this page has, no other need hear of. */
	const tell = (settled?: number[]) => best.kind === "memory" || hooks.tell(settled);
	const giveUp = async (wrote: boolean) => {
		if (sent.size > limits[journal.store].sent) hooks.crowded();
		const leading = hooks.leading();
		if (!leading && !wrote) return;
		const surplus = surplusOf(waiting, flying, journal.store, leading);
		if (!surplus.length) return;
		const removed = await best.run((store) => store.remove(surplus));
		const events = removed.map((key) => `${waiting.get(key)}`);
		for (const key of surplus) waiting.delete(key);
		if (events.length) hooks.drop("queue_full", events);
		tell(surplus);
	};
	/** Writes what was taken, in one transaction a turn, then reads in the order of all tabs. */
	const pump = async () => {
		await begun;
		while (due()) {
			again = false;
			// What earlier page loads left comes first.
			const batch = journal.ready ? unwritten.slice(0, held) : [];
			writing = batch.length;
			const before = erasures;
			const fresh = batch.map(rowOf);
			const last = writing ? await best.run((store) => store.append(fresh)) : undefined;
			// The engine skips what it has folded.
			const anew = rescan;
			rescan = false;
			// Where nobody else wrote, nothing is read that this tab has.
			const isNext = !anew && newest === highest && last === newest + writing;
			const from = newest + 1;
			const rows = isNext
				? fresh.map((row, at) => ({ key: from + at, ...row }))
				: await best.run((store) => store.rows(anew ? 0 : newest));
			// What comes after them is not folded without them; nor is anything decided as if it were.
			if (isMissing(rows) && journal.ready) await hooks.missed();
			unwritten.splice(0, writing);
			held -= writing;
			writing = 0;
			if (before !== erasures) continue;
			// Only now: who looks meanwhile must not find that nothing waits. What another store has is not read anew.
			if (anew) {
				const isOther = (key: number) => key < firstKey[journal.store];
				for (const key of waiting.keys()) if (!isOther(key)) waiting.delete(key);
				journal.log = journal.log.filter(({ key }) => isOther(key));
			}
			feed(rows);
			if (!journal.ready) {
				await hooks.opened();
				journal.ready = true;
				hooks.changed();
			}
			if (batch.length) {
				tell();
				await hooks.written(best.run);
			}
			await giveUp(batch.length > 0);
		}
		if (!closed) await giveUp(false);
		// The oldest first: so many rows can be on their way at most.
		for (const key of early)
			if (best.kind !== "localstorage" || early.size > limits.localstorage.events) early.delete(key);
		pumping = undefined;
		// Meanwhile.
		if (due()) await go();
	};
	const go = (): Promise<void> => {
		pumping ??= pump().catch((error) => {
			pumping = undefined;
			core.warn("internal", error);
		});
		return pumping;
	};

	const journal: Journal & { ready: boolean } = {
		get store() {
			return best.kind ?? "memory";
		},
		get problem() {
			return best.problem;
		},
		ready: false,
		unwritten,
		waiting,
		flying,
		log: [],
		append: go,
		async settle(keys, cover, forget) {
			for (const key of keys) {
				const json = waiting.get(key);
				if (json !== undefined) sent.set(key, { key, json, sent: 1 });
				waiting.delete(key);
				if (pumping) early.add(key);
			}
			const surplus = sent.size - limits[journal.store].sent;
			const gone = [...sent.values()].filter(
				({ key }, at) => forget || key <= (cover?.position ?? 0) || at < surplus,
			);
			for (const { key } of gone) sent.delete(key);
			const marked = keys.flatMap((key) => sent.get(key) ?? []);
			// Of what others settled, or somebody erased, nothing is left to say.
			if (marked.length || gone.length) await best.run((store) => store.settle(marked, gone, cover));
			if (keys.length) tell(keys);
			hooks.changed();
		},
		catchUp(settled = []) {
			for (const key of settled) {
				const isKnown = waiting.delete(key);
				if (pumping || !isKnown) early.add(key);
			}
			again = true;
			return go();
		},
		resync() {
			rescan = true;
			return journal.catchUp();
		},
		inMemory() {
			if (journal.store !== "memory") return [];
			const rows = [...waiting].map(([key, json]) => ({ key, json }));
			return [...rows, ...sent.values()].sort((one, other) => one.key - other.key).map(({ json }) => json);
		},
		async forget() {
			held = unwritten.length;
			while (due()) await go();
			sent.clear();
			journal.log.length = 0;
			await best.run((store) => store.forget());
			held = Infinity;
			go();
		},
		close() {
			closed = true;
			clear();
			best.close();
		},
		run: async (work) => {
			await begun;
			return best.run(work);
		},
	};
	const begun = best
		.run(async () => {})
		.then(() => hooks.opening(best.run, journal.store))
		.catch((error) => core.warn("internal", error));
	go();
	return journal;
}
