/**
 * The public types of the package: the one source of `index.d.ts`.
 * Times are milliseconds since 1970 UTC unless a name says otherwise.
 */

import type {
	AccountTraits,
	ActionName,
	Bands,
	MomentId,
	Momentum,
	NudgeId,
	Scores,
	SegmentId,
	Signals,
	Stages,
	UserTraits,
} from "./register.js";

/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** Properties of an event, or traits of a person or an account. `null` removes a trait. */
export type Properties = { [key: string]: Json | undefined };

/**
 * Time as Ripen sees it. The default is the system's clock; a test or a demonstration injects its own, and nothing in
 * Ripen reads any other.
 */
export interface Clock {
	/** Milliseconds since 1970 UTC. */
	now(): number;
	/** Calls `wake` once, when `now()` has reached `time` or soon after. Returns what cancels it. */
	wakeAt(time: number, wake: () => void): () => void;
}

/** By what the host vouches for a user's id, or that the user belongs to an account. */
export interface Proof {
	/**
	 * HMAC-SHA256 with a signing secret of the collector, lowercase hexadecimal; made by your server only. For `identify`: of
	 * the user's id. For `group`: of the user's id, a NUL and the account's id, and the key is the secret and `/account`.
	 */
	signature?: string;
}

/** What another product that recorded the same event has said of it, where Ripen stands beside one. */
export interface Told {
	/** What makes it the same event wherever it comes from: a collector counts it once. Default: one of Ripen's own. */
	messageId?: string;
	/** When it happened, by the device's clock, in milliseconds since 1970 UTC. Default: now. */
	timestamp?: number;
}

/** A WebAssembly module, or where it is. */
type Wasm = string | URL | BufferSource | WebAssembly.Module | Response;

/**
 * A WebAssembly module: its address, its bytes, compiled, or what `fetch` answers; or a promise of one of these; or what
 * gives one once it is needed.
 */
export type WasmSource = Wasm | Promise<Wasm> | (() => Wasm | Promise<Wasm>);

/** Options of `init`. */
export interface Options {
	/** Names the tenant at the collector. Public: it can only append. */
	writeKey: string;
	/** Where the collector is, for example `https://ripen.example.com`. Default: the page's own origin. */
	host?: string;
	/**
	 * The playbook that comes with the application: the URL of a compiled one (`npx ripen compile playbook.json`), its bytes,
	 * or the document as an object or as the URL of a `.json`, which is compiled in the page by a larger module that only such
	 * pages load. What the collector has published replaces it from the next page load on. One with a mistake is refused as
	 * a whole (the warning `playbook_failed` names line and column): then what is stored or published is in force, and events
	 * are kept and delivered all the same. Default: only the collector's.
	 */
	playbook?: string | URL | Uint8Array | object;
	/** The engine's WebAssembly, or where it is. Default: beside the script (`ripen`), or inside (`ripen/inline`). */
	wasm?: WasmSource;
	/**
	 * The same of the larger module that explains, and compiles a playbook given as an object, and is loaded only then.
	 * Default: beside the script (`ripen`), else none.
	 */
	toolkit?: WasmSource;
	/** Language of the nudges (BCP 47). Default: the document's, else the browser's. */
	locale?: string;
	/** `false`: nothing is drawn, you do, by `on("nudge")` (docs/nudges.md#to-draw-them-yourself). Default: true. */
	nudges?: boolean;
	/** Whether the person has agreed to be recorded (docs/consent.md). Default: `granted`. `setConsent` changes it. */
	consent?: Consent;
	/** What leaves the browser. Default: `events`. */
	mode?: Mode;
	/** Whether Global Privacy Control makes the mode `off`. Default: true. */
	respectGpc?: boolean;
	/** Whether to ask the collector for what is published, in any mode (the request says nothing of the person). Default: true. */
	published?: boolean;
	/**
	 * Whether a test audience may see a draft: whoever opens a page with `?ripen_draft=…`, the link that `POST
	 * /v1/playbooks/…/draft` answers, gets it in this browser until they open one with an empty `?ripen_draft=`. Default: false.
	 */
	drafts?: boolean;
	/**
	 * Sees each event before it is stored or sent, Ripen's own included, and gives it back without what it should not
	 * have; or `null`: then there is no such event. What it throws, or does not give back, is dropped and counted.
	 */
	redact?: (message: Message) => Message | null;
	/** The only names of properties and traits that are recorded. Default: all. */
	allow?: string[];
	/** Names of properties and traits that are never recorded, however deep they stand. */
	deny?: string[];
	/**
	 * Asked for a short-lived token (a JSON Web Token by HS256, made by your server) that says who has signed in, and
	 * perhaps to which account they belong, whenever the collector is to tell what it knows of them. Without, the
	 * signatures given to `identify` and `group` do.
	 */
	token?: () => Promise<string>;
	/**
	 * Whether whoever opens a page with `?ripen_preview=NUDGE` is shown that nudge, with what holds it back, and nothing is
	 * counted. Default: false.
	 */
	preview?: boolean;
	/** What the actions `call` and `checkout` of nudges do, by name; `checkout` after what was recorded is sent. */
	actions?: { [Name in ActionName]?: (context: ActionContext) => unknown };
	/** Origins that pictures of nudges may come from, besides the page's own. Default: none. */
	images?: string[];
	/**
	 * The clock. Default: the system's, corrected where the collector's says that it is off by more than a minute, from the
	 * next page load on: within one, time makes no jumps.
	 */
	clock?: Clock;
	/**
	 * Where a bundler builds for development (the condition `development` of `exports`): `false`: no warnings of events,
	 * triggers, slots and actions that no playbook knows; `events`: these are meant. In production it means nothing.
	 */
	dev?: boolean | { events?: string[] };
	/** Gets what would otherwise be a warning on the console (docs/troubleshooting.md#every-warning). */
	onWarning?: (warning: Warning) => void;
}

/**
 * `granted`: events are stored and sent. `pending`: they are in memory only, nothing is stored and nothing is asked of the
 * collector; what was recorded is kept for `granted`. `denied`: nothing is recorded, and what was stored is erased.
 */
export type Consent = "granted" | "pending" | "denied";

/**
 * What leaves the browser. `events`: all events. `signals`: only what follows from them (changes of stages, moments,
 * outcomes of nudges, submitted forms, once a day a digest). `off`: only a form that the person submits. Nudges work in
 * each.
 */
export type Mode = "events" | "signals" | "off";

/** Something that did not work as meant and did not stop Ripen. */
export interface Warning {
	/** Stable, for programs: `too_large`, `wasm_unavailable`, `storage_unavailable` … */
	code: string;
	/** For people: what happened, and what to do about it. */
	message: string;
}

/** How the product sees a person: the document that conditions are about, without what only a page knows. */
export interface View {
	/** The user's id, else the anonymous one. */
	person: string;
	/** The account (Segment's group) of the person, if any. */
	account?: string;
	/** When this was last evaluated. */
	at: number;
	/** Revision of the playbook it rests on. */
	revision: string;
	/** Traits of the person and of the account. */
	traits: { user: UserTraits; account: AccountTraits };
	/** Signal → its value; an absent one is left out. */
	signals: Signals;
	/** Segments that hold. */
	segments: SegmentId[];
	/** Whether the person is `new`, `current`, `resurrected`, `dormant` or `at_risk`; absent before any activity. */
	momentum?: Momentum;
	/** Probability that the person still comes, by the playbook's `rhythm`; absent without one. */
	alive?: number;
	/** Score → its points. */
	scores: Scores;
	/** Score → the band that it falls into; absent below all of them. */
	bands: Bands;
	/** Ladder → rung. */
	stages: Stages;
	/** Moments whose condition holds. */
	moments: MomentId[];
	/**
	 * Signal → since when it knows, for those that came with a later playbook and could not be told all that was before:
	 * so far back this browser's log of recent events reached. Left out where all know from the beginning.
	 */
	since?: Record<string, number>;
	/**
	 * When this browser recorded the person first, or the collector did, where it has told so. What was before, elsewhere or
	 * before the browser's data were erased (Safari does that after seven days without a visit), is not known.
	 */
	knownSince?: number;
	/** As of when the collector has told what it knows of the account: what is seen of it besides its traits is so old. */
	account_as_of?: number | undefined;
	/** `pending`: the last known one, from an earlier page load; `current`: evaluated in this one. */
	state: "pending" | "current";
}

/** A change of the view. */
export interface Change {
	at: number;
	kind: "stage" | "momentum" | "segment" | "moment";
	name: string;
	from?: string | boolean | null;
	to?: string | boolean | null;
}

/**
 * What the arbiter decided at an edge, and why. Where it was no event, load, element or call, a moment fired by time
 * alone, or a condition on the page began to hold.
 */
export interface Decision {
	at: number;
	/** The event that was the edge. */
	event?: string;
	/** A page load, a change of route, or a return from the back-forward cache. */
	load?: true;
	/** The selector of an element that came into view. */
	element?: string;
	/** The name that `trigger` was called with. */
	call?: string;
	/** The nudge that won the slot, if any. */
	won: NudgeId | null;
	/** Every nudge whose edge it was: won, outranked, or blocked by what. */
	considered: Considered[];
}

/** What came of a nudge in a decision. */
export interface Judgement {
	/** `won`, `outranked`, or `blocked`. */
	verdict: "won" | "outranked" | "blocked";
	/** The first reason, if blocked: `policy.holdout`, `holdout`, `policy.open_lead`, `policy.help_first`, `limits.shown`, `when`, `killed`, `slot` … */
	by?: string;
}

/** One nudge in a decision: what came of it in fact. */
export interface Considered extends Judgement {
	nudge: NudgeId;
	purpose: Purpose;
	/** The variant of this person, if it has any. */
	variant?: string;
	/** Why this person never sees it: a holdout, or a variant that shows nothing. Left out for everybody else. */
	arm?: "nothing" | "holdout" | "global_holdout";
	/** With `arm`: what would have come of it. This is what the event `$nudge_exposed` tells, for both arms alike. */
	would?: Judgement;
}

/** Why something is as it is: a tree, each node with its verdict, down to the signals and traits that it rests on. */
export interface Explanation {
	/**
	 * A definition of the playbook; a `point` of a score, which adds to it if it holds; a `reason` that could hold a nudge back; `all`, `any`, `not` or `count` of a condition; or a
	 * `test` of what is seen at a field.
	 */
	kind:
		| "signal"
		| "segment"
		| "score"
		| "point"
		| "ladder"
		| "rung"
		| "moment"
		| "nudge"
		| "reason"
		| "all"
		| "any"
		| "not"
		| "count"
		| "test";
	/** `nudges.NAME`, `ladders.NAME.RUNG` …; of a reason as in `Considered`; of a test the path of the field. */
	id?: string;
	/** The verdict. A reason holds if it does not hold the nudge back, a nudge if nothing does. */
	holds?: boolean;
	/** For people, for example `signals.projects is 1, wanted ≥ 3`. */
	text: string;
	/** Of a test: what is there. */
	seen?: Json;
	/** Of a test: what is wanted, in words. */
	wanted?: string;
	/** Of a rung: when it was met, to the hour. Of a moment: when it fired last. */
	since?: number;
	/** Of a moment: it does not fire again before this. */
	restsUntil?: number;
	/** When the verdict turns, or the score changes, by time alone, if nothing happens until then. Absent: not within 400 days. */
	turns?: number;
	/** Of a nudge: the events that it waits for. */
	on?: string[];
	/** Of a nudge: the reasons that hold it back, the one that a decision would name first. */
	blockedBy?: string[];
	/** What it follows from. */
	parts?: Explanation[];
}

/** What a function of `actions` is told. */
export interface ActionContext {
	nudge: NudgeId;
	variant?: string | undefined;
	/** The id of the action. */
	action: string;
	view: View | undefined;
}

/** From the gentlest to the most commercial. */
export type Purpose = "help" | "adopt" | "ask" | "upgrade" | "talk";

/**
 * What becomes of a nudge: each at most once a showing. It is `ignored` where nobody has answered it when the page was
 * visible for as long as `ignore_after` says (60 s by default), or when the page goes; Ripen counts that, also where the
 * host draws. Reported by a host, it has gone from the screen without an answer, and another nudge may come. After
 * `dismissed`, `snoozed` or `acted` nothing more becomes of it.
 */
export type NudgeOutcome = "shown" | "ignored" | "dismissed" | "snoozed" | "acted";

/** A nudge that is due, as `on("nudge")` gets it. */
export interface Nudge {
	id: NudgeId;
	purpose: Purpose;
	/** The variant of this person, if it has any: what follows is as that says. */
	variant?: string;
	/** `placement`, `content`, `actions`, `form`, `steps` and `question` as the playbook has them; of `content`, what has markup or placeholders is a list of pieces. */
	placement: Properties;
	content: Properties;
	actions: Properties[];
	form?: Properties;
	/** Of a tour, or a checklist. */
	steps?: Properties[];
	/** What an `ask` asks. */
	question?: Properties;
	/** The languages that texts fall back on, where the playbook says so. */
	languages?: string[];
	/** A text of the content, in the language of the reader as far as it is written: `text("title")`, `text("actions", "later")`. */
	text(...path: string[]): string;
	/** The same with its markup, as nodes to append. */
	nodes(...path: string[]): Node[];
	/** Tells Ripen what became of it, where the host draws it (`nudges: false`, or the placement `headless`). */
	report(outcome: NudgeOutcome, properties?: Properties): void;
	/**
	 * Aborted when the nudge is to be taken away, if the host draws it: it was switched off at the collector, or whom it
	 * was for has signed out. Nothing more becomes of it then.
	 */
	signal: AbortSignal;
}

/** What became of the events, and of Ripen itself. */
export interface Health {
	/** Where events wait. In `memory` they last as long as the page. */
	store: "indexeddb" | "localstorage" | "memory";
	/**
	 * Why that is not `indexeddb`: `unavailable`, `blocked` or `timeout` (by another page, or a database that does not
	 * answer), `quota`, `damaged`, `closed` (by the browser, twice), `future_version` (of a newer Ripen).
	 */
	storage?:
		| "unavailable"
		| "blocked"
		| "timeout"
		| "quota"
		| "damaged"
		| "closed"
		| "future_version"
		| "erased";
	/** Whether the person has agreed to be recorded. */
	consent: Consent;
	/** What leaves the browser; `off` where Global Privacy Control is heeded. */
	mode: Mode;
	/** `loading` → `ready`, or `unavailable` (then events are stored and delivered, but not evaluated). */
	engine: "loading" | "ready" | "unavailable";
	/** Taken by `track` and its like in this page load. */
	taken: number;
	/** Waiting for the collector's acknowledgement, from this page load or an earlier one. */
	waiting: number;
	/** Acknowledged by the collector in this page load. */
	delivered: number;
	/**
	 * Evaluated in this page load as if they had happened when they came, since they came too late to be put in their
	 * place: from a tab that was asleep, or a clock that was set back.
	 */
	late: number;
	/** Given up in this page load, by reason. */
	dropped: Record<string, number>;
	/** In the tab that sends: more than half of what may wait waits. Say less, if you can, until it is false. */
	pressed?: boolean;
	/** The newest sequence of requests: `ok`, or what went wrong last. */
	connection: "idle" | "ok" | "retrying";
}

/** An event as it travels: a message of the Segment spec. */
export interface Message {
	type: "track" | "identify" | "group" | "page" | "alias";
	messageId: string;
	anonymousId: string;
	userId?: string;
	timestamp: string;
	/** What the device's clock said, where `timestamp` is not that. */
	originalTimestamp?: string;
	/** It does not leave the browser. */
	local?: 1;
	event?: string;
	name?: string;
	groupId?: string;
	previousId?: string;
	properties?: Properties;
	traits?: Properties;
	context: Properties;
}

/** What `on` can listen to. */
export interface Events {
	/** The view changed; `changes` says what in it. */
	change: (view: View, changes: Change[]) => void;
	/** A nudge won the slot, and that it was considered is durable. */
	nudge: (nudge: Nudge) => void;
	/** The arbiter considered nudges, whether or not one won. */
	decision: (decision: Decision) => void;
	/** An event was taken. */
	event: (message: Message) => void;
	/** Delivery or the engine changed. */
	health: (health: Health) => void;
}
