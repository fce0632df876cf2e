import { systemClock } from "./clock.js";
import { eraseDatabase } from "./erase.js";
import { adopted, forgetIds, type Ids, ofUser, personOf, readIds, writeIds } from "./identity.js";
import type { Keeper } from "./keeper.js";
import type { Listeners } from "./listeners.js";
import { openLocal, parsed } from "./local.js";
import { bytesOf, type Draft, type Identified, openWriter, stay, travels } from "./message.js";
import { modeOf, travelsIn } from "./mode.js";
import { watchPage } from "./page-life.js";
import { corrected, skewOf } from "./skew.js";
import { spillOf } from "./spill.js";
import { add, type Losses, openTally } from "./tally.js";
import { type Answer, post, requestOf, type Settings } from "./transport.js";
import type { Consent, Health, Options, View } from "./types.js";

/** The code of a warning, and what is special about this one. */
export type Warn = (code: string, detail?: unknown) => void;
export type Core = ReturnType<typeof openCore>;

/** Of a page of which nothing is known yet. */
export const unknownHealth = {
	store: "memory",
	consent: "granted",
	mode: "events",
	taken: 0,
	delivered: 0,
	late: 0,
	connection: "idle",
} as const;

/** What was not written when the page hides goes beside what the journal has: an eighth of the keepalive quota. */
const unwrittenBytes = 8 * 1024;
/** Of these for the envelope. */
const envelopeBytes = 1024;
/** Calls in this time after hiding are taken to be its handlers'. */
const hidingMs = 1_000;
/** How long `flush` waits for the keeper. What was taken waits in localStorage by then (C08). */
const longestLoadMs = 5_000;
/** Where the keeper does not come, nothing may grow for as long as the page lives (C14). */
const mostUnwritten = 10_000;

/**
 * What a page that has called `init` has from the first moment on: calls become events here, and none of them is lost if
 * the page goes at once. All else is the keeper's, which comes when there is something to keep or the page is idle.
 */
export function openCore(
	options: Options,
	emit: Listeners["emit"],
	warn: Warn,
	/** Counts of calls that became no event. */
	untaken: Health["dropped"],
	/** Brings what was called in this turn. */
	settle: () => void,
) {
	// What is none of the three, `null` too, is as good as `pending`: never an agreement.
	let { consent = "granted" } = options;
	const mode = modeOf(options);
	const name = `ripen:${options.writeKey}`;
	const local = openLocal(`${name}:`, () => consent === "granted");
	// A clock of the host's means what it says.
	const skew = options.clock ? 0 : skewOf(local);
	const clock = corrected(options.clock ?? systemClock, skew);
	const settings: Settings = { ...options, clock, host: (options.host ?? "").replace(/\/$/, "") };
	const writer = openWriter(local, clock, options, skew);
	const tally = openTally(local, writer, untaken);
	/** Until the keeper is there, there is nothing but this page load's. */
	let losses: Losses = {
		dropped: (reason, events) => tally.dropped(reason, events.length),
		all: () => new Map([[writer.stream, tally.save()]]),
		told() {},
	};
	/** Taken, not yet durable; the keeper takes them out. */
	const unwritten: string[] = [];
	/** The names that the host asked by, until the engine takes them. */
	const calls = new Set<string>();
	/** What the core sends by itself at hiding, since nothing else has it yet → the answer. */
	const flying = new Map<string, Promise<void>>();
	/** Of this the collector has; the keeper takes out what it then need not send. */
	const acknowledged = new Set<string>();
	let keeper: Keeper | undefined;
	let loading: Promise<void> | undefined;
	/** Who asked to be forgotten, until there is consent again. */
	let forgotten: Ids | undefined;
	let failed = false;
	let taken = 0;
	let hiddenAt = -Infinity;
	let saving = false;
	let telling = false;
	/** Nothing here knew the person: the store may. */
	let stranger = !parsed<Ids>(local.get("ids"))?.anonymousId;
	let amended = (json: string) => json;

	let letGo = () => {};
	const guard = new Promise<void>((release) => {
		letGo = release;
	});

	const load = () => {
		if (consent === "denied") return;
		loading ??= import("./keeper.js")
			.then(({ openKeeper }) => {
				if (consent !== "denied") keeper ??= openKeeper(core);
			})
			.catch((error) => {
				// What was taken waits in localStorage for the next page load, or try: not one an event.
				loading = undefined;
				if (!failed) warn("keeper_unavailable", error);
				failed = true;
				core.changed();
			});
		return loading;
	};
	/** Nothing of the person stays in this browser (C43). */
	const erase = () => {
		calls.clear();
		local.erase();
		return eraseDatabase(name);
	};
	const isHiding = () => clock.now() - hiddenAt <= hidingMs;
	/** What is in memory only must not go with the page. */
	const save = () => {
		tally.save();
		const texts = [...(keeper?.inMemory() ?? []), ...unwritten];
		// What IndexedDB has not written waits in localStorage, which is synchronous; each page load has a key of its own.
		const name = `spill:${writer.stream}`;
		// What the collector has is still for this browser.
		const left = texts.map((json) => (acknowledged.has(json) ? stay(json) : json));
		local.set(name, spillOf(left));
		// Full: the newest may fit.
		if (!local.keeps(name)) local.set(name, spillOf(left, 25_000));
		if (!isHiding() || consent !== "granted") return;
		let bytes = envelopeBytes;
		for (const json of flying.keys()) bytes += bytesOf(json) + 1;
		const fitting = unwritten.filter(core.isUnsent).filter((json) => {
			bytes += bytesOf(json) + 1;
			return bytes < unwrittenBytes;
		});
		if (!fitting.length) return;
		const answer = core.post(fitting, true).then(({ ok }) => {
			for (const json of fitting) {
				flying.delete(json);
				if (ok && consent === "granted") acknowledged.add(json);
			}
			if (keeper) keeper.acknowledged();
			else if (ok) save();
		});
		for (const json of fitting) flying.set(json, answer);
	};
	const isFresh = (json: string) => !flying.has(json) && !acknowledged.has(json);
	/** What nobody has yet, neither the store nor the collector. */
	const rewrite = (by: (json: string) => string) => {
		for (const [at, json] of unwritten.entries()) if (isFresh(json)) unwritten[at] = by(json);
	};
	const core = {
		settings,
		clock,
		mode,
		name,
		stream: writer.stream,
		local,
		skew,
		isSystemClock: !options.clock,
		unwritten,
		flying,
		acknowledged,
		tally,
		useLosses(better: Losses) {
			losses = better;
		},
		letGo,
		calls,
		emit,
		warn,
		bytesOf,
		travels,
		parsed,
		/** Whether the collector does not have it, as far as the core knows, and may. */
		isUnsent: (json: string) => travels(json) && isFresh(json),
		travelsIn,
		ids: () => readIds(local),
		/** Whether anything may be stored, or asked of the collector. */
		mayStore: () => consent === "granted",
		isStranger: () => stranger,
		/** What is still to be written, and all that is taken from now on, is changed so. */
		amend(by: (json: string) => string) {
			amended = by;
			rewrite(by);
		},
		/** Who was taken for new is known here: what was not written yet is theirs. */
		adopt(stored: Ids, known = readIds(local)) {
			rewrite((json) => adopted(json, known, stored));
			const { anonymousId, since = known.since } = stored;
			writeIds(local, { ...ofUser(stored, known.userId), ...known, anonymousId, since });
		},
		/** An event, or an identity, as of now. */
		take(draft: Draft & Identified) {
			if (consent === "denied") return add(untaken, "consent_denied");
			if (!keeper && unwritten.length >= mostUnwritten) return add(untaken, "queue_full");
			const { userId, ...call } = draft;
			if (userId) {
				const ids = ofUser(readIds(local), userId);
				writeIds(local, { ...ids, userId, signature: call.signature ?? ids.signature });
			}
			if (call.groupId) writeIds(local, { ...readIds(local), groupId: call.groupId });
			let json: string;
			try {
				json = amended(writer.write(call, travelsIn(mode, call)));
			} catch (reason) {
				add(untaken, `${reason}`);
				warn(`${reason}`, call.event);
				return core.changed();
			}
			taken++;
			unwritten.push(json);
			keeper?.appended();
			emit("event", () => [JSON.parse(json)]);
			core.changed();
			if (!failed) load();
			// What is tracked by handlers of the hiding itself comes after ours (C04).
			if (saving) return;
			saving = true;
			queueMicrotask(() => {
				saving = false;
				if (keeper && !isHiding()) tally.save();
				else save();
			});
		},
		trigger(name: string) {
			calls.add(name);
			keeper?.fold();
		},
		/** Counts, and warns of, events that are given up. */
		drop(reason: string, events: string[], detail?: unknown) {
			add(tally.here, reason, events.length);
			losses.dropped(reason, events);
			warn(reason, detail);
			core.changed();
		},
		async post(events: string[], keepalive: boolean, pack?: Parameters<typeof post>[4]): Promise<Answer> {
			const streams = losses.all();
			const answer = await post(settings, events, [...streams.values()], keepalive, pack);
			if (answer.ok) losses.told(streams);
			for (const each of answer.rejected ?? [])
				core.drop(
					"rejected",
					events.filter((json) => json.includes(each.messageId)).slice(0, 1),
					JSON.stringify(each),
				);
			return answer;
		},
		requestOf,
		/** Something of `health` changed. */
		changed() {
			if (!telling)
				queueMicrotask(() => {
					telling = false;
					emit("health", () => [core.health()]);
				});
			telling = true;
		},
		health: (): Health => ({
			...unknownHealth,
			consent,
			mode,
			engine: failed ? "unavailable" : "loading",
			waiting: unwritten.length - acknowledged.size,
			delivered: acknowledged.size,
			...keeper?.health(),
			taken,
			dropped: tally.lost(),
		}),
		view(): View | undefined {
			const current = keeper?.view();
			if (current) return current;
			const view = parsed<View>(local.get("view"));
			// Another person's never shows (C24).
			return view?.person === personOf(readIds(local)) ? { ...view, state: "pending" } : undefined;
		},
		/** The keeper, as soon as it is there; nothing without consent. */
		async reach() {
			await load();
			return keeper;
		},
		reset() {
			forgetIds(local);
			stranger = false;
			local.set("session", undefined);
			local.set("view", undefined);
			keeper?.reset();
		},
		/** Consent was given or taken back, here or in another tab. */
		setConsent(next: Consent): Promise<void> | undefined {
			if (next === consent) return;
			const known = readIds(local);
			unwritten.unshift(...(keeper?.close(next) ?? []));
			keeper = loading = undefined;
			acknowledged.clear();
			consent = next;
			core.changed();
			if (next === "denied") {
				// Of nobody there is nothing to be forgotten.
				if (known.since) forgotten = known;
				add(tally.here, "consent_denied", unwritten.splice(0).length);
				return erase();
			}
			local.store();
			const stored = readIds(local);
			if (next === "granted" && stranger) {
				core.adopt(stored, known);
				stranger = stored.anonymousId === known.anonymousId;
			} else writeIds(local, known);
			load();
		},
		/** Erases all that is here of the person, and asks the collector to. Whether it has heard. */
		forget() {
			const erased = core.setConsent("denied");
			return import("./forget.js").then(
				({ forget }) => forget(settings, forgotten, erased),
				() => erased,
			);
		},
		async flush() {
			await Promise.race([
				load(),
				new Promise<void>((late) => clock.wakeAt(clock.now() + longestLoadMs, late)),
			]);
			await keeper?.flush();
			return core.health();
		},
	};

	// While this page has it, others leave alone what it has spilled; until the keeper takes care of that.
	navigator.locks?.request(`${name}:spill:${writer.stream}`, () => guard).catch(() => {});
	watchPage({
		hidden() {
			settle();
			hiddenAt = clock.now();
			save();
			keeper?.hidden();
		},
		resumed() {
			hiddenAt = -Infinity;
			if (failed) load();
			keeper?.resumed();
		},
		left() {
			letGo();
			keeper?.left();
		},
		returned() {
			hiddenAt = -Infinity;
			keeper?.returned();
		},
	});
	if (consent === "denied") erase();
	// Safari has no requestIdleCallback.
	(globalThis.requestIdleCallback ?? setTimeout)(load, { timeout: 2_000 } as never);
	return core;
}
