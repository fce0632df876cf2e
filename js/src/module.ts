/**
 * The wall between the face and the wasm module: what `src/browser` exports, as the face may use it.
 * (wasm-bindgen writes untyped arrays and objects; this says what is in them.)
 */
import type { Change, Decision, Json, Judgement, Properties, View } from "./types.js";

/** An event of the journal as the engine reads it: a `Message`, with its time as a number. */
export interface Folded {
	type: string;
	messageId: string;
	anonymousId: string;
	userId?: string;
	/** Milliseconds since 1970 UTC. */
	time: number;
	event?: string;
	name?: string;
	groupId?: string;
	previousId?: string;
	properties?: Properties;
	traits?: Properties;
	context: Properties;
}

/** What only a page knows, for `when` of nudges. */
export interface Surroundings {
	page: Properties;
	device: Properties;
	locale: string;
	/** `id`, `pages` and `seconds` of the session. */
	session: Properties;
	/** A nudge is on screen, or about to be. */
	slotTaken: boolean;
	/** A lead of the person's, or of their account, is open. */
	openLead?: boolean;
	/** The person has not agreed (yet). */
	withoutConsent?: boolean;
	/** The session, if it still goes on: limits speak of it. */
	sessionId?: string;
	anonymousId: string;
	/** The nudges that are switched off, by id. */
	killed?: string[];
	/** The nudges of which what they point at is not on the page, by id. */
	withoutAnchor?: string[];
}

/**
 * What is happening besides events and time: a page load (or a change of route), an element that came into view, a call of
 * the host. And an event, if it is decided about again.
 */
export interface Edge {
	load?: true;
	element?: string;
	call?: string;
	event?: Folded;
}

/** A nudge whose goal is reached. */
export interface Conversion {
	nudge: string;
	variant?: string;
	at: number;
	/** What the event says that it was worth. */
	value?: Json;
}

/** What folding events, or letting time pass, did to the person in front of the browser. */
export interface Outcome {
	changes: Change[];
	decisions: Decision[];
	converted: Conversion[];
	/** Events of this page load that came too late to be put in their place, so far; absent: none. */
	late?: number;
}

/** Engine and arbiter over one playbook. Methods do not throw, but for the constructor. */
export interface Runtime {
	/**
	 * Takes a snapshot of an earlier page load; false if it cannot be read (the state is then empty). Undefined: it is
	 * of another playbook, so give with it the `past` that it covers, for what is new in this one to begin with.
	 * `isWhole`: nothing is missing in it, back to this browser's first event.
	 */
	restore(snapshot: Uint8Array, past?: Folded[], isWhole?: boolean): boolean | undefined;
	/**
	 * Takes over what the collector knows of a person, in place of what is known here, and folds `events` over it: those
	 * that it has not. Nothing is reported of either. False if it cannot be read: nothing has changed then.
	 */
	adopt(snapshot: Uint8Array, events: Folded[], now: number): boolean;
	/** Makes a person (user id, else anonymous id) the one that `view`, `advance` and decisions are about. */
	setPerson(id: string): void;
	/**
	 * Folds events in the journal's order. `live` is false for those of before this page load: they change the state
	 * but decide nothing. Before a live one time passes, as in `advance`.
	 */
	fold(events: Folded[], surroundings: Surroundings, live: boolean): Outcome;
	/** Evaluates what time alone has changed until `now`; decides by what fired meanwhile, by what the page is now, and by `edge`. */
	advance(now: number, surroundings: Surroundings, edge?: Edge): Outcome;
	/** When `advance` could next change anything, or the schedule of what won last ends; `Infinity`: never. */
	nextChange(): number;
	/**
	 * Whether anything blocks the nudge at this moment: asked again right before it is drawn. Where the slot is taken, it is
	 * by this one, and what is asked is whether its time is over.
	 */
	judge(nudge: string, surroundings: Surroundings, now: number): Judgement;
	/** The selectors of the elements that nudges wait for. */
	elements(): string[];
	/** `{purpose, ignoreAfter, variant, placement, content, actions, form}` of a nudge: of the person's variant, if it won last. */
	nudge(id: string): Properties;
	/** The view as last evaluated; undefined before the person's first event. Without `state`. */
	view(): Omit<View, "state"> | undefined;
	snapshot(): Uint8Array;
	free(): void;
}

/** What the delivery machine wants done. Keys are the journal's. */
export type Command =
	/** POST these events as one batch; then `answered`. */
	| { do: "send"; batch: number; keys: number[]; keepalive: boolean }
	/** Forget these: `acknowledged`, or given up for the reason. */
	| { do: "remove"; keys: number[]; reason: "acknowledged" | "refused" | "too_large" | "queue_full" }
	/** Tell `Wake` at this time (replaces an earlier one). */
	| { do: "wake"; at: number }
	/** Keep these numbers for the machine of the next tab that sends, or of the next page load (replaces earlier ones). */
	| { do: "remember"; memory: number[] };

/** What happened. By number, since the module has one export for all of it. */
export enum Told {
	/** The time asked for by the command `wake` has come. */
	Wake = 0,
	/** Send now, do not wait for a full batch. Ends a pause between tries, once. */
	Flush = 1,
	/** The page is being hidden: the next requests may outlive it, within the quota of keepalive. */
	Hidden = 2,
	/** The page is visible again, or the network is back. */
	Resumed = 3,
}

/** The delivery machine. It knows keys and sizes, not what the events say. Each input returns what is to be done. */
export interface Delivery {
	/** Events that are in the journal: `bytes[i]` is the size of event `keys[i]` as UTF-8 JSON. Known keys are ignored. */
	appended(keys: number[], bytes: number[], now: number): Command[];
	/** `status` 0: no answer. `retryAfter` in milliseconds, if the answer had one. */
	answered(batch: number, status: number, retryAfter: number | undefined, now: number): Command[];
	/** Something happened that needs no more words. */
	tell(told: Told, now: number): Command[];
	/** Between tries after a failure. */
	readonly retrying: boolean;
	/** Events come faster than they leave: more wait than half of what may. */
	readonly pressed: boolean;
	free(): void;
}

/** What the page's module is made of. */
export type PageSource = Promise<Response | BufferSource | WebAssembly.Module>;

/** The page's module, as `js/dist/wasm/ripen.js` exports it (wasm-bindgen, target web). */
export interface PageModule {
	default(source: { module_or_path: PageSource }): Promise<unknown>;
	Runtime: new (playbook: Uint8Array) => Runtime;
	/** `seed` makes the jitter of this page load differ from others'; `memory` is what `remember` gave last, or empty. */
	Delivery: new (
		seed: number,
		memory: number[],
	) => Delivery;
}

/** A mistake in a playbook. Line and column count from 1. */
export interface Problem {
	severity: "error" | "warning";
	line: number;
	column: number;
	/** For example `segments.power.when`. */
	path: string;
	message: string;
	hint?: string;
}

/** The most that what is remembered can take, but for traits and ids, which are as long as the host makes them. */
export interface Bounds {
	person: Bound;
	/** Null where nothing is defined for accounts. A collector keeps it. */
	account: Bound | null;
}

/** In bytes of a snapshot; the parts from the largest. */
export interface Bound {
	bytes: number;
	parts: { part: string; bytes: number; what: string }[];
}

/** The words of a playbook: which are there, and which are missing. */
export interface Words {
	/** Those that the policy names, then those that are written. */
	languages: string[];
	nudges: NudgeWords[];
}

/** The words of a nudge, or of a variant that has its own. */
export interface NudgeWords {
	nudge: string;
	variant?: string;
	/** What there is to say in any language, by dotted paths such as `actions.go`. */
	texts: string[];
	/** Of each language what is written neither in it nor in what it falls back to by itself (`pt-BR` to `pt`). */
	missing: Record<string, string[]>;
}

/** Every name of a playbook that an application writes. */
export interface Vocabulary {
	/** Sorted, without Ripen's own. `by`: what hears it, such as `signals.tasks`. */
	events: { name: string; properties: Shape; by: string[] }[];
	pages: string[];
	signals: { name: string; kinds: ValueKind[] }[];
	segments: string[];
	/** Bands from the highest. */
	scores: { name: string; bands: string[] }[];
	/** Rungs from the bottom. */
	ladders: { name: string; rungs: string[] }[];
	moments: string[];
	nudges: string[];
	/** By what the application asks for nudges. */
	triggers: string[];
	/** What nudges call in the application. */
	actions: string[];
	slots: string[];
	/** Traits. */
	user: Shape;
	account: Shape;
}

/** `scalar`: a string, a number or a boolean. */
export type ValueKind = "string" | "number" | "boolean" | "scalar" | "list" | "object";

/** What is known of an object: by path, what a value is (no kind: anything), or lists of that, and what it is compared with. */
export type Shape = { path: string[]; kinds: ValueKind[]; orList: boolean; values: string[] }[];

/** The toolkit's module, as `js/dist/wasm/toolkit.js` exports it (wasm-bindgen, target web). */
export interface ToolkitModule {
	default(source: {
		module_or_path: string | URL | Request | Response | BufferSource | WebAssembly.Module;
	}): Promise<unknown>;
	initSync(source: { module: BufferSource }): unknown;
	/** All mistakes of a playbook's text. `forSignals`: in mode `signals`, where raw events stay in the browser. */
	check(playbook: string, forSignals?: boolean): Problem[];
	/** JSON text of `Bounds`; throws the first mistake if it has any. */
	bounds(playbook: string): string;
	/** JSON text of `Words`; throws the first mistake if it has any. */
	words(playbook: string): string;
	/** JSON text of `Vocabulary`; throws the first mistake if it has any. */
	vocabulary(playbook: string): string;
	/** The same of a compiled playbook. */
	vocabularyOfCompiled(playbook: Uint8Array): string;
	/** The name among these, one a line, that somebody may have meant. */
	nearest(found: string, names: string): string | undefined;
	/** The compiled playbook; throws the first mistake if it has any. */
	compile(playbook: string): Uint8Array;
	/**
	 * JSON text of `Explanation[]` of a person, by the page's compiled playbook and snapshot. `surroundings` is the JSON
	 * text of `Surroundings`, with `sessionId` and `anonymousId`. Throws where there is nothing of this id.
	 */
	explain(
		playbook: Uint8Array,
		snapshot: Uint8Array,
		person: string,
		surroundings: string,
		now: number,
		id: string | undefined,
	): string;
	/** A replay; see `js/src/cli`. Throws where the playbook has mistakes. */
	Replay: new (
		playbook: string,
	) => Replay;
}

/** A replay of recorded events: `push` the file's bytes in chunks, then read the lines. */
export interface Replay {
	/** A piece of NDJSON as it comes; lines may be cut anywhere. */
	push(bytes: Uint8Array): void;
	/** Lines that were no event. */
	readonly malformed: number;
	/** Sorts and folds; `at` (RFC 3339) as `--at`. The lines, each with its newline, as UTF-8. Ends the replay. */
	finish(at: string | undefined, timeline: boolean): Uint8Array;
	/** What came of the playbook: JSON text of `Summary`. Ends the replay. */
	summary(at: string | undefined): string;
	/** The nudges with edges that no recording has: elements that come into view, calls of the host. */
	unheard(): string[];
	/** The rhythm in the events: JSON text of `FitReport`. Throws where there is none. Ends the replay. */
	fit(at: string | undefined): string;
	/**
	 * Folds likewise, and explains a person or an account (neither: the only person): all, or the `ids`, one a
	 * line. JSON text of `Explanation[]`, or text for people. Throws where there is nobody or nothing of such
	 * a name. Ends the replay.
	 */
	explain(
		at: string | undefined,
		person: string | undefined,
		account: string | undefined,
		ids: string,
		json: boolean,
	): string;
	free(): void;
}

/** What a playbook would have come to, had each nudge been ignored. */
export interface Summary {
	/** In the order written. */
	nudges: (Reach & {
		nudge: string;
		purpose: string;
		/** How often it was shown. */
		shown: number;
		/** Variant → how many people. */
		variants?: Record<string, number>;
		/** How often it was its edge: `won` + `outranked` + all of `blocked`. */
		edges: number;
		won: number;
		outranked: number;
		/** Reason → how often, the most frequent first. */
		blocked: Record<string, number>;
	})[];
	moments: (Reach & { moment: string; scope: "person" | "account" })[];
	/** Those that were a stage, or that were climbed past at once. */
	rungs: (Reach & { ladder: string; rung: string; scope: "person" | "account" })[];
	/** Nudges that nothing blocked at the same edge, how often, and how often each of the two won. */
	competing: { nudges: [string, string]; times: number; won: [number, number] }[];
}

/** How many people (or accounts) something reached. */
export interface Reach {
	/** Different ones, in all. */
	reached: number;
	/** ISO week (UTC), such as `2026-W09` → different ones in it. */
	weeks: Record<string, number>;
}

/** The four parameters of MBG/NBD. */
export type Parameters = Record<"r" | "alpha" | "a" | "b", number>;

/** What `ripen fit --json` prints. Times are in days. */
export interface FitReport {
	people: number;
	/** Days from anybody's first active day to the end. */
	days: number;
	end: string;
	/** As a playbook has it. */
	rhythm: Parameters & { at_risk_below: number };
	/** None where the events do not tell the parameters apart. */
	standard_errors: Parameters | null;
	log_likelihood: number;
	/** Where the line that the calibration suggests would have parted people. */
	threshold: {
		at_risk_below: number;
		below: { people: number; came_back: number };
		above: { people: number; came_back: number };
	} | null;
	/** The last quarter of the time, foretold from what was before. */
	calibration: {
		held_back_days: number;
		/** From the time before. */
		fitted: Parameters;
		/** By active days after the first one; the last row is "and more". */
		rows: FitRow[];
		all: FitRow;
	} | null;
	warnings: string[];
}

/** People with as many active days: averages of what was foretold and of what was seen in the time held back. */
export interface FitRow {
	x: number;
	and_more: boolean;
	people: number;
	/** Active days. */
	predicted: number;
	seen: number;
	/** P(alive) when that time began. */
	alive: number;
	/** Shares of the people. */
	expected_back: number;
	came_back: number;
}
