/**
 * Ripen without its WebAssembly: `init` is told where it is, or is given its bytes or the module. The other entries are
 * this, and a place to have it from. Importing is safe everywhere; on a server every call does nothing (C21).
 */

import { type Core, openCore, unknownHealth, type Warn } from "./core.js";
import { openListeners } from "./listeners.js";
import { copyOf, type Draft, type Identified } from "./message.js";
import { mostQueued } from "./most-queued.js";
import type {
	AccountTraits,
	DefinitionId,
	EventName,
	PageName,
	PropertiesOf,
	TriggerName,
	UserTraits,
} from "./register.js";
import { add } from "./tally.js";
import type {
	Consent,
	Events,
	Explanation,
	Health,
	Options,
	Proof,
	Properties,
	Told,
	View,
	WasmSource,
} from "./types.js";

export type * from "./client.js";
export type * from "./register.js";
export type * from "./types.js";

type Call = (core: Core) => void;
const onPage = globalThis.document;
/** Calls that wait: for `init`; events, with which no caller has to wait for their making, for the end of the turn. */
const queue: Call[] = [];
/** Calls that became no event, by reason. */
const untaken: Health["dropped"] = {};
let core: Core | undefined;
let given: Options | undefined;

const warn: Warn = async (code, detail = "") => {
	try {
		// The texts are not worth their bytes where nothing goes wrong.
		const texts = await import("./warning-texts.js").catch(() => undefined);
		const message = `${texts?.textOf(code, detail) ?? detail}`;
		if (given?.onWarning) given.onWarning({ code, message });
		else console.warn(`ripen: ${message} [${code}]`);
	} catch {
		// The mistake of who listens; and there is nowhere left to tell.
	}
};
const { on: listen, emit } = openListeners((error) => warn("listener_failed", error));

/** Runs `work` on a page; nothing that goes wrong in it reaches the host (C12). */
function guarded<T>(work: () => T): T | undefined {
	try {
		if (onPage) return work();
	} catch (error) {
		warn("internal", error);
	}
}
const drop = (reason: string, detail?: unknown) => {
	add(untaken, reason);
	warn(reason, detail);
};
/** The core, if there is one, with all that was called until now. */
function settled(): Core | undefined {
	// One by one: who is told of an event may ask, and then what was called before is done first.
	while (core && queue[0]) guarded(() => (queue.shift() as Call)(core as Core));
	return core;
}
const enter = (call: Call) => {
	if (!core && queue.length >= mostQueued) drop("init_queue_full");
	else queue.push(call);
};
/** Now, or as soon as there is a core, in order. */
const call = (work: Call) =>
	guarded(() => {
		enter(work);
		settled();
	});
const isConsent = (given: Consent) =>
	/^(granted|pending|denied)$/.test(given) || void warn("bad_consent", given);
/** Checks a call's name and copies its body; the rest happens with a core. */
function record(draft: Draft & Identified, name: unknown, body: unknown, told?: Told & Proof) {
	guarded(() => {
		if (typeof name !== "string" || !name) return drop("bad_name", draft.type);
		let text: string | undefined;
		try {
			text = copyOf(body);
		} catch (error) {
			return drop("bad_properties", `${name}: ${error}`);
		}
		const { messageId, signature, timestamp } = { ...told };
		const clock = given?.clock;
		const now = (clock ?? Date).now();
		if (!queue[0]) queueMicrotask(settled);
		enter((core) => {
			// What is no instant is now, and nothing is still to come. An injected clock knows nothing of the time before it was given.
			const calledAt = given?.clock === clock ? Math.min(+(timestamp as number) || now, now) : undefined;
			core.take({ ...draft, messageId: messageId && `${messageId}`, signature, body: text, calledAt });
		});
	});
}

/**
 * Starts Ripen. Idempotent: a second call changes nothing, and warns if its options are others (C22). Without `wasm`
 * events are stored and delivered, but not evaluated.
 *
 * @example
 * import wasm from "ripen/ripen.wasm?url";
 * init({ writeKey: "demo", wasm });
 */
export function init(options: Options & { wasm: WasmSource }): void {
	// A worker, and no server.
	if (!onPage && globalThis.location) warn("bad_page");
	guarded(() => {
		if (given) return given.writeKey + given.host !== options.writeKey + options.host && warn("init_twice");
		if (!options?.writeKey) return warn("bad_options");
		const { clock, consent = "granted" } = options;
		isConsent(consent);
		given = { ...options, clock: clock?.wakeAt && clock };
		if (clock && !clock.wakeAt) warn("bad_option", "clock");
		core = openCore(given, emit, warn, untaken, settled);
		settled();
	});
}

/** Records that something happened. The arguments are copied at once. An event is at most 32 KB. */
export function track<Name extends EventName>(
	event: Name,
	properties?: PropertiesOf<Name>,
	told?: Told,
): void {
	record({ type: "track", event }, event, properties, told);
}

/**
 * Says who the person is, and what is known of them; `null` removes a trait. What was done anonymously before is theirs.
 * Without an id: traits of the person as they are. With the host's signature of the id (docs/identity.md) the
 * collector believes it, and lets this browser have what it knows of the person.
 */
export function identify(userId: string | undefined, traits?: UserTraits, told?: Told & Proof): void {
	record({ type: "identify", userId }, userId ?? "anonymous", traits, told);
}

/**
 * Says which account the person belongs to, and what is known of it. With the host's signature that the user, who has
 * been identified by one, belongs to it (docs/identity.md#accounts), the collector believes it, and tells this browser what
 * it knows of the account.
 */
export function group(groupId: string, traits?: AccountTraits, told?: Told & Proof): void {
	record({ type: "group", groupId }, groupId, traits, told);
}

/**
 * Records that a page, or a route, is shown. A change of route is seen by the Navigation API all the same; where a browser
 * has none, this says so.
 */
export function page(name?: PageName, properties?: Properties, told?: Told): void {
	guarded(() => {
		const { pathname: path } = location;
		const here = { path, title: document.title, referrer: document.referrer || undefined, ...properties };
		record({ type: "page", name, page: { path } }, name ?? "page", here, told);
	});
}

/** Says that now is the time for nudges that wait for `{"call": name}`. What holds them back holds them back all the same. */
export function trigger(name: TriggerName): void {
	call((core) => core.trigger(name));
}

/**
 * Forgets who the person is, as at signing out: what was evaluated of them is erased here, and what comes next is a new
 * anonymous person's.
 */
export function reset(): void {
	call((core) => core.reset());
}

/** Whether the person agrees to be recorded. Other tabs follow. Before `init` it waits for it. */
export function setConsent(consent: Consent): void {
	guarded(() => {
		if (isConsent(consent)) call((core) => core.setConsent(consent));
	});
}

/**
 * Erases all that this browser has of the person, also what was not sent yet, asks the collector to do the same, and
 * records nothing more until `setConsent("granted")`. Resolves when nothing is left here, to whether the collector has
 * heard. Never rejects.
 */
export async function forget(): Promise<boolean> {
	return (await guarded(() => settled()?.forget())) ?? false;
}

/**
 * Resolves when all taken events are durable and acknowledged, or one try has failed; while consent is pending, at once.
 * Never rejects.
 */
export async function flush(): Promise<Health> {
	return (await guarded(() => settled()?.flush())) ?? health();
}

/** How the product sees the person now; synchronously the last known view, `pending` until it is evaluated. */
export function view(): View | undefined {
	return guarded(() => settled()?.view());
}

/**
 * Why a definition of the playbook (`nudges.NAME`, `ladders.NAME` …) is as it is for this person, or all of them; empty
 * until the engine is ready. Loads a larger module, at the first call. Rejects where there is nothing of this name.
 */
export async function explain(id?: DefinitionId): Promise<Explanation[]> {
	return (await (await settled()?.reach())?.explain(id)) ?? [];
}

/**
 * Opens an overlay, for whoever writes the playbook: what was considered, why not, and when it could be. Loaded when it is
 * called. Before `init` it waits for it.
 */
export function debug(): void {
	call(async (core) => (await core.reach())?.debug());
}

/** Calls `listener` at each of these. Returns what ends that. */
export const on: <Name extends keyof Events>(name: Name, listener: Events[Name]) => () => void = listen;

/** What became of the events, and of Ripen itself. */
export function health(): Health {
	return {
		...unknownHealth,
		engine: onPage ? "loading" : "unavailable",
		waiting: queue.length,
		dropped: { ...untaken },
		...guarded(() => settled()?.health()),
	};
}
