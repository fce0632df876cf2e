/** Ripen: `init`, then `track`. Importing is safe everywhere; on a server every call does nothing (C21). */

import { type Core, openCore, unknownHealth, type Warn } from "./core.js";
import { openListeners } from "./listeners.js";
import { copyOf, type Draft, type SignedUser } from "./message.js";
import { add } from "./tally.js";
import type { Consent, Events, Explanation, Health, Options, Proof, Properties, View } from "./types.js";

export type * from "./types.js";

/** How many calls may wait for `init` (C23). */
const mostQueued = 1_000;

const onPage = typeof document === "object";
const queue: ((core: Core) => void)[] = [];
/** Calls that became no event, by reason. */
const untaken: Health["dropped"] = {};
let core: Core | undefined;
let given: Options | undefined;

const warn: Warn = async (code, detail = "") => {
	try {
		// The texts are not worth their bytes where nothing goes wrong.
		const texts = await import("./warning-texts.js").catch(() => undefined);
		const message = texts?.textOf(code, `${detail}`) ?? `${detail}`;
		if (given?.onWarning) given.onWarning({ code, message });
		else console.warn(`ripen: ${message} [${code}]`);
	} catch {
		// The mistake of who listens; and there is nowhere left to tell.
	}
};
const report = (error: unknown) => warn("listener_failed", error);
const { on: listen, emit } = openListeners(report);

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
/** Now, or as soon as there is a core, in order. */
function enter(call: (core: Core) => void) {
	if (core) call(core);
	else if (queue.length < mostQueued) queue.push(call);
	else drop("init_queue_full");
}
/** Checks a call's name and copies its body; the rest happens with a core. */
function record(draft: Draft & SignedUser, name: unknown, body: unknown) {
	guarded(() => {
		if (typeof name !== "string" || !name) return drop("bad_name", draft.type);
		let text: string | undefined;
		try {
			text = copyOf(body);
		} catch (error) {
			return drop("bad_properties", `${name}: ${error}`);
		}
		const calledAt = core ? undefined : Date.now();
		// An injected clock knows nothing of the time before it was given.
		enter((core) => core.take({ ...draft, body: text, calledAt: given?.clock ? undefined : calledAt }));
	});
}

/** Starts Ripen. Idempotent: a second call changes nothing, and warns if its options are others (C22). */
export function init(options: Options): void {
	guarded(() => {
		if (given) {
			if ((["writeKey", "host"] as const).some((name) => given?.[name] !== options[name])) warn("init_twice");
			return;
		}
		if (!options?.writeKey) return warn("bad_options");
		given = options;
		core = openCore(options, emit, warn, untaken);
		for (const call of queue.splice(0)) guarded(() => call(core as Core));
	});
}

/** Records that something happened. The arguments are copied at once. */
export function track(event: string, properties?: Properties): void {
	record({ type: "track", event }, event, properties);
}

/**
 * Says who the person is, and what is known of them. Without an id: traits of the person as they are. With the host's
 * signature of the id the collector believes it, and lets this browser have what it knows of the person.
 */
export function identify(userId: string | undefined, traits?: Properties, proof?: Proof): void {
	record({ type: "identify", userId, signature: proof?.signature }, userId ?? "anonymous", traits);
}

/** Says which account the person belongs to, and what is known of it. */
export function group(groupId: string, traits?: Properties): void {
	record({ type: "group", groupId }, groupId, traits);
}

/** Records that a page, or a route, is shown. */
export function page(name?: string, properties?: Properties): void {
	guarded(() => {
		const here = { path: location.pathname, title: document.title, referrer: document.referrer || undefined };
		record({ type: "page", name, page: { path: here.path } }, name ?? "page", { ...here, ...properties });
	});
}

/** Says that now is the time for nudges that wait for `{"call": name}`. What holds them back holds them back all the same. */
export function trigger(name: string): void {
	guarded(() => enter((core) => core.trigger(name)));
}

/** Forgets who the person is, as at signing out: what comes next is a new anonymous person's. */
export function reset(): void {
	guarded(() => enter((core) => core.reset()));
}

/** Whether the person agrees to be recorded. Other tabs follow. Before `init` it waits for it. */
export function setConsent(consent: Consent): void {
	guarded(() => {
		if (!/^(granted|pending|denied)$/.test(consent)) return warn("bad_consent", consent);
		enter((core) => core.setConsent(consent));
	});
}

/**
 * Erases all that this browser has of the person, also what was not sent yet, asks the collector to do the same, and
 * records nothing more until `setConsent("granted")`. Resolves when nothing is left here, to whether the collector has
 * heard. Never rejects.
 */
export async function forget(): Promise<boolean> {
	return (await guarded(() => core?.forget())) ?? false;
}

/** Resolves when all taken events are durable and acknowledged, or one try has failed. Never rejects. */
export async function flush(): Promise<Health> {
	return (await guarded(() => core?.flush())) ?? health();
}

/** How the product sees the person now; synchronously the last known view, `pending` until it is evaluated. */
export function view(): View | undefined {
	return guarded(() => core?.view());
}

/**
 * Why a definition of the playbook (`nudges.NAME`, `ladders.NAME` …) is as it is for this person, or all of them; empty
 * until the engine is ready. Loads a larger module, at the first call. Rejects where there is nothing of this name.
 */
export async function explain(id?: string): Promise<Explanation[]> {
	return (await core?.explain(id)) ?? [];
}

/** Calls `listener` at each of these. Returns what ends that. */
export function on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void {
	return listen(name, listener);
}

/** What became of the events, and of Ripen itself. */
export function health(): Health {
	return {
		...unknownHealth,
		consent: given?.consent ?? "granted",
		mode: given?.mode ?? "events",
		engine: onPage ? "loading" : "unavailable",
		waiting: queue.length,
		dropped: { ...untaken },
		...guarded(() => core?.health()),
	};
}
