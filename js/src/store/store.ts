import type { Clock } from "../types.js";

/** An event in the journal. */
export interface Row {
	key: number;
	/** The message's JSON. */
	json: string;
	/** The collector has it; kept until a stored snapshot covers it. */
	sent?: 1;
}

/** What the engine knows after the events up to `position`. */
export interface Cover {
	position: number;
	/** None after `forget`: of what was before nobody is to know. */
	snapshot?: Uint8Array;
	/** Of the latest page loads the last event that is in there. */
	folded?: string[];
	/** Which of the collector's snapshots of the person is in there. */
	tag?: string | undefined;
}

/** Events up to a position, as far as they are still here. */
export interface Past {
	rows: Row[];
	/** None is missing, back to this browser's first event. */
	isWhole: boolean;
}

export type Kind = "indexeddb" | "localstorage" | "memory";

/**
 * Keys of each kind begin beyond those of the kind above it, so that rows keep theirs when a store falls, and a key
 * says where it was given.
 */
export const firstKey: Record<Kind, number> = { indexeddb: 1, localstorage: 2 ** 40, memory: 2 ** 52 };

/**
 * Where events wait, in the order of their keys, and what is known of them. A promise resolves when what was asked is
 * done as durably as this store can, and rejects with a `Trouble` where nothing of it was done.
 */
export interface Store {
	readonly kind: Kind;
	/** To the last key, where those before it are the keys before that; else to anything else. */
	append(rows: Omit<Row, "key">[]): Promise<unknown>;
	/** What came after this key. Damaged rows are left out, told of, and removed. */
	rows(after: number): Promise<Row[]>;
	/**
	 * At once, or not at all: `sent` are marked as such, `gone` leave, and `cover` is kept, unless that of another tab
	 * reaches further.
	 */
	settle(sent: Row[], gone: Row[], cover?: Cover): Promise<unknown>;
	/** Takes these out; those of them that were there: of several tabs, one is told of each. */
	remove(keys: number[]): Promise<number[]>;
	/**
	 * Rows of a store that is no more, under the keys that they have; what does not fit stays out. No key up to `newest`
	 * is given again.
	 */
	adopt(rows: Row[], newest: number): Promise<unknown>;
	past(position: number): Promise<Past>;
	get<T>(name: string): Promise<T | undefined>;
	/** A store that is short of room may forget it. */
	put(name: string, value: unknown): Promise<unknown>;
	/** Makes room: what nobody would miss goes. */
	free(): Promise<unknown>;
	/** What was sent, the past and the state go, and nothing up to here will be folded again; what waits stays. */
	forget(): Promise<unknown>;
	/** Nothing is left, not even the store. */
	erase(): Promise<unknown>;
	/** What it had stays for others. */
	close(): void;
}

/** Why a store cannot go on. */
export type Problem =
	| "blocked"
	| "timeout"
	| "quota"
	| "future_version"
	| "damaged"
	| "closed"
	| "erased"
	| "unavailable";

/** What stores reject with. */
export interface Trouble extends Error {
	problem: Problem;
}

/** What all stores stand on. Handed over, since the bundler makes a file of its own of what two chunks import. */
export interface Ground {
	/** Begins all that is ours: `ripen:KEY`. */
	name: string;
	/** This page load. */
	stream: string;
	clock: Clock;
	firstKey: typeof firstKey;
	trouble(problem: Problem, cause?: unknown): Trouble;
	/** Another tab wrote, where no channel can say so in time. */
	heard(): void;
	isSound(row: Row): boolean;
	/** The rows that can be read; `store` lets go of the others, and of the `lost` ones. */
	soundOf(rows: Row[], store: Store, lost?: number[]): Promise<Row[]>;
	patiently<T>(work: Promise<T>, gaveUp?: () => void): Promise<T>;
}
