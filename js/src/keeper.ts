import { forgetEvaluated, openBackup } from "./backup.js";
import { openChannel } from "./channel.js";
import { circuit, remember } from "./circuit.js";
import { isConclusion } from "./conclusion.js";
import type { Core } from "./core.js";
import type { Deferral } from "./deferral.js";
import { openFlushing } from "./flushing.js";
import { openJournal } from "./journal.js";
import { stand } from "./leader.js";
import { holdLock } from "./lock.js";
import { openLosses } from "./losses.js";
import type { PageSource } from "./module.js";
import type { Page } from "./nudge/frame.js";
import { openPacking } from "./packing.js";
import type { PageLife } from "./page-life.js";
import { plainSender } from "./plain.js";
import { rescue } from "./rescue.js";
import { retryAfter } from "./retry-after.js";
import type { Sender } from "./sender.js";
import { learnSkew } from "./skew-learning.js";
import { soundAnswer } from "./sound-answer.js";
import type { Cover } from "./store/store.js";
import type { Answer } from "./transport.js";
import type { Consent, Decision, Explanation, Health, Message, View } from "./types.js";
import { compilable } from "./wasm-source.js";

/** What the lazily loaded engine does for the page. */
export interface Engine {
	/** The view of the person as of now. */
	view(): View | undefined;
	/** Folds what is in the journal's log. */
	fold(): void;
	/** Folds, and gives what covers all of that. */
	cover(): Cover | undefined;
	/** Evaluates what time has changed. */
	advance(): void;
	/** Knows what another tab has folded, and taken out of the journal, while this one did not run. */
	catchUp(): Promise<void>;
	/** Events that came too late to be put in their place. */
	readonly late: number;
	/** Says why: of one definition, or of all. */
	explain(id?: string): Promise<Explanation[]>;
	/** What the arbiter decided in this page load, the last of it. */
	decisions(): readonly Decision[];
	/** What nudges have to do with. */
	readonly page: Page;
	/** Draws a nudge, whatever holds it back, and counts nothing. */
	preview(id: string): Promise<void>;
}

/** What the keeper does for the core. */
export interface Keeper extends PageLife {
	/** There is more in `unwritten`. */
	appended(): void;
	/** The collector has something that the core had sent. */
	acknowledged(): void;
	/** What is nowhere but in memory. */
	inMemory(): string[];
	/** The person is another one: what is known of the last one goes, but for what still has to be sent. */
	reset(): void;
	/** Stops, and gives what is to go on: what is nowhere but in memory, or all that will not be sent. The other tabs hear that `consent` is so now. */
	close(consent: Consent): string[];
	health(): Partial<Health>;
	view(): View | undefined;
	fold(): void;
	explain(id?: string): Promise<Explanation[]> | undefined;
	debug(first?: string): void;
	flush(): Promise<void>;
}

/** The core, and what the sender, the engine and the nudges need besides. */
export type Face = ReturnType<typeof keep>["face"];

/** How long `flush` waits for what other tabs have written. */
const longestReadMs = 2_000;

/** Keeps events until the collector has them: the journal, the tabs, the sender; and starts the engine. */
export const openKeeper = (core: Core): Keeper => keep(core).keeper;

function keep(core: Core) {
	const { clock, local, mode, name, settings, stream, unwritten, warn } = core;
	/** Names in localStorage of what is in the journal as soon as all is written, and what lets go of the tab that left it. */
	const spilled = new Map<string, () => void>();
	const backup = openBackup(core);
	const losses = openLosses(core);
	let engine: Engine | undefined;
	let engineState: Health["engine"] = "loading";
	let connection: Health["connection"] = "idle";
	let delivered = 0;
	/** Where wasm may never run, nothing will fold what was sent. */
	let forbidden = false;
	let leading = false;
	/** Leads, or did when the page left. */
	let led = false;
	let sender: Sender | undefined;
	let seat = Promise.resolve();
	/** Of the engine that runs. */
	let over = new AbortController();
	let wasm: PageSource | undefined;
	/** Somebody wants to see why, as soon as that can be said. */
	let debugging = false;
	/** Nothing of the page runs, or it is closed. */
	let away = false;
	/** Who was here when the page left. */
	let whom: string | undefined;
	/** Sent by keepalive, without an answer yet. */
	const riding = new Set<number>();
	/** The last of these was, perhaps by the browser, the host having used up the quota: it may not take the next (C01). */
	let refused = false;
	let deferral: Deferral | undefined;
	/** What is sent, and is not stored as such yet: who leads next must not read that it waits. */
	let settling = 0;
	/** By which way the last batch went: no header says it, so that it stands beside the counters. */
	let kept = false;
	const send = openPacking((events, keepalive, pack) => {
		kept = keepalive;
		return core.post(events, keepalive, pack);
	});
	let candidacy: AbortController | undefined;
	/** There is a store. */
	let isOpen = false;
	const plain = () => plainSender(face);
	let makeSender: () => Sender = plain;

	/** What was to travel under another mode does not under this one (C42). */
	const holdBack = () => {
		if (mode === "events") return;
		const held = [...journal.waiting].filter(
			([, json]) => !core.travelsIn(mode, { ...(JSON.parse(json) as Message), own: true }),
		);
		if (held.length)
			face.settle(
				held.map(([key]) => key),
				"held_back",
			);
	};
	const isInMemory = () => journal.store === "memory";
	/** What the core had sent by itself needs no sending any more. */
	const acknowledged = () => {
		if (!core.acknowledged.size) return;
		const keys = [...journal.waiting]
			.filter(([, json]) => core.acknowledged.delete(json))
			.map(([key]) => key);
		if (keys.length) face.settle(keys, "acknowledged");
	};
	const changed = (failed?: boolean) => {
		core.changed();
		standOrNot();
		if (journal.ready && !unwritten.length && !(isInMemory() && journal.waiting.size)) {
			local.set(`spill:${stream}`, undefined);
			core.letGo();
			for (const [each, release] of spilled) {
				local.set(each, undefined);
				release();
			}
			spilled.clear();
		}
		flushing.check(failed);
		if (!away) deferral?.changed();
	};
	const journal = openJournal(core, {
		opening(run, kind) {
			isOpen = true;
			return backup.begin(run, kind);
		},
		opened: () => rescue(core, journal, spilled),
		written: backup.keep,
		missed: () => engine?.catchUp(),
		changed() {
			if (engine) engine.fold();
			// Nothing takes them out any more.
			else if (engineState === "unavailable") journal.log.length = 0;
			holdBack();
			acknowledged();
			sender?.appended();
			changed();
		},
		tell: (settled = []) => channel.tell(settled),
		drop: (reason, events) => core.drop(reason, events, events.length),
		crowded: () => void face.settle([], "acknowledged"),
		fell(kind, { message }) {
			warn("storage_unavailable", `${kind}: ${message}`);
			// What it waits for is not what the other tabs wait for.
			led = false;
			rise();
			standOrNot();
		},
		leading: () => leading,
	});
	const channel = openChannel(core, (news) => {
		// What is asked for may still have to be read, and who is to send it to take its seat.
		if (news !== "flush" && news.length) asked = false;
		if (news === "flush") {
			asked = true;
			journal
				.catchUp()
				.then(() => seat)
				.then(answer);
		} else if (news === "failed") changed(true);
		else if (news === "reset") restart();
		else if (typeof news === "string") core.setConsent(news);
		else journal.catchUp(news);
	});
	const flushing = openFlushing(journal, clock, () => (sender ? sender.flush() : channel.tell("flush")));

	/** Some tab wants all to be sent, and nobody has tried since. */
	let asked = false;
	const answer = () => {
		if (!sender || !(asked || flushing.wanted())) return;
		asked = false;
		sender.flush();
	};
	/** The one sender of this tab changes hands when nothing of the old one is in flight (C05). */
	const reseat = (until?: Promise<void>) => {
		seat = seat
			.then(async () => {
				await sender?.stop();
				await until;
				sender = leading ? makeSender() : undefined;
				sender?.appended();
				answer();
			})
			.catch((error) => warn("internal", error));
	};
	const lead = (leads: boolean) => {
		leading = led = leads;
		// The last news of who led before may be missing.
		reseat(leads && journal.ready ? journal.resync() : undefined);
	};
	/** Tabs that share a store share a sender; who has events in memory sends them. */
	const sit = () => {
		candidacy = new AbortController();
		const { signal } = candidacy;
		holdLock(`${name}:spill:${stream}`, signal)?.catch(() => {});
		if (!isInMemory()) stand(core, journal.store === "indexeddb" ? "" : ":localstorage", signal, lead);
		// Without consent nothing is sent.
		else if (core.mayStore()) lead(true);
	};
	const rise = () => {
		if (!candidacy) return;
		candidacy.abort();
		candidacy = undefined;
		leading = false;
		reseat();
	};
	/** Firefox takes no page into its back-forward cache that has a lock, or waits for one (C09): only who needs one does. */
	const standOrNot = () => {
		const isNeeded =
			!navigator.locks || unwritten.length + journal.waiting.size + settling > 0 || flushing.wanted();
		if (away || !isOpen || !isNeeded) rise();
		else if (!candidacy) sit();
	};
	/** Neither a lock nor a channel may keep the page out of the back-forward cache, nor may who is frozen have them. */
	const leave = () => {
		if (away) return;
		away = true;
		whom = core.ids().anonymousId;
		channel.close();
		for (const release of spilled.values()) release();
		rise();
	};
	const startEngine = () => {
		try {
			// The empty module. Throws where a CSP forbids wasm (C26), or where there is none.
			new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
		} catch (error) {
			forbidden = true;
			face.unavailable(error);
			return;
		}
		const { signal } = over;
		// Asked for at once, not after the chunk that instantiates it.
		wasm ??= compilable("wasm", settings);
		import("./wasm/ripen.js").catch(() => {});
		import("./engine.js")
			.then((module) => module.start(face, wasm as PageSource, signal))
			.catch((error) => signal.aborted || face.unavailable(error));
		wasm.catch(() => {});
	};
	const stopEngine = () => {
		over.abort();
		over = new AbortController();
		engine = undefined;
		engineState = "loading";
		// Whoever shows the view looks anew (C24).
		core.changed();
	};
	/** What was evaluated so far is not to be known any more. */
	const restart = () => {
		stopEngine();
		journal.log.length = 0;
		journal.resync();
		startEngine();
	};

	const face = {
		...core,
		journal,
		isConclusion,
		// By way of the face, since chunks that share a module ask for one more.
		soundAnswer,
		compilable,
		circuit: () => circuit(local),
		remember: (memory: number[]) => remember(local, memory),
		/** Sends waiting events as one batch. */
		async post(keys: number[], keepalive: boolean) {
			for (const key of keys) journal.flying.add(key);
			const texts = () => keys.map((key) => journal.waiting.get(key)).filter((json) => json !== undefined);
			const flying = texts().flatMap((json) => core.flying.get(json) ?? []);
			// Nothing is waited for where nothing need be: the page may be going.
			if (flying.length) await Promise.all(flying);
			const events = texts();
			if (keepalive) for (const key of keys) riding.add(key);
			const sent = clock.now();
			const answer: Answer = events.length ? await send(events, keepalive) : { status: 200, ok: true };
			// A clock of the host's means what it says.
			const said = (name: string) => answer.headers?.get(name);
			const date = Date.parse(`${said("date")}`);
			if (date && core.isSystemClock) learnSkew(local, core.skew, date, sent, clock.now());
			for (const key of keys) riding.delete(key);
			if (keepalive) {
				refused = !answer.ok;
				if (refused) deferral?.renew();
			}
			for (const key of keys) journal.flying.delete(key);
			journal.append();
			connection = answer.ok ? "ok" : "retrying";
			return { ...answer, retryAfter: retryAfter(said("retry-after"), clock.now()) };
		},
		/** A try to send did not succeed; there will be others. */
		failed() {
			channel.tell("failed");
			changed(true);
		},
		/** These events need not be sent any more. */
		settle(keys: number[], reason: string): Promise<void> {
			// Some may be settled already, by another tab or as what the core had sent.
			const events = keys.flatMap((key) => journal.waiting.get(key) ?? []);
			if (reason === "acknowledged") delivered += events.length;
			else if (events.length) core.drop(reason, events, events.length);
			settling++;
			return journal.settle(keys, engine?.cover(), forbidden).finally(() => {
				settling--;
				standOrNot();
			});
		},
		/** From now on sends by such a one. */
		useSender(make = plain) {
			makeSender = make;
			reseat();
		},
		debug: (first: string) => keeper.debug(first),
		useEngine(ready: Engine) {
			engine = ready;
			engineState = "ready";
			changed();
			if (debugging) keeper.debug();
		},
		unavailable(error: unknown) {
			engine = undefined;
			engineState = "unavailable";
			warn("wasm_unavailable", error);
			changed();
		},
	};

	core.useLosses({
		...losses,
		all: () => (kept ? losses.all().set("", '{"way":"keepalive"}') : losses.all()),
	});
	channel.open();
	journal.append();
	startEngine();
	if ("fetchLater" in globalThis)
		import("./deferral.js")
			.then(({ openDeferral }) => {
				deferral = openDeferral(core, losses, () =>
					led
						? [
								...[...journal.waiting]
									.filter(([key]) => refused || !riding.has(key))
									.map(([, json]) => json),
								...unwritten.filter(core.isUnsent),
							]
						: [],
				);
				deferral.changed();
			})
			.catch(() => {});

	const keeper: Keeper = {
		appended: journal.append,
		inMemory: journal.inMemory,
		async reset() {
			stopEngine();
			forgetEvaluated(local);
			await journal.forget();
			backup.forget();
			await backup.keep(journal.run);
			channel.tell("reset");
			restart();
		},
		close(consent) {
			const left = consent === "denied" ? [...journal.waiting.values()] : journal.inMemory();
			stopEngine();
			if (consent !== "pending") channel.tell(consent);
			leave();
			// What was to be sent when the page is gone is not.
			led = false;
			deferral?.renew();
			journal.close();
			return left;
		},
		health: () => ({
			store: journal.store,
			storage: journal.problem,
			engine: engineState,
			waiting: journal.waiting.size + unwritten.length,
			delivered: delivered - (core.tally.lost().rejected ?? 0),
			late: engine?.late ?? 0,
			connection,
			pressed: sender?.pressed,
		}),
		view: () => engine?.view(),
		fold: () => engine?.fold(),
		explain: (id) => engine?.explain(id),
		debug(first) {
			debugging = true;
			const ready = engine;
			if (ready)
				import("./debug.js")
					.then(({ openDebug }) => openDebug(face, ready, first))
					.catch((error) => warn("internal", error));
		},
		async flush() {
			// A tab that was closed may have left something, and could not say so.
			await Promise.race([
				journal.catchUp(),
				new Promise<void>((late) => clock.wakeAt(clock.now() + longestReadMs, late)),
			]);
			// Without consent nothing is sent that could be waited for.
			if (core.mayStore()) await flushing.wait();
		},
		hidden() {
			sender?.hidden();
			deferral?.renew();
		},
		resumed() {
			sender?.resumed();
			engine?.advance();
		},
		acknowledged,
		left: leave,
		returned() {
			if (!away) return;
			away = led = false;
			channel.open();
			// Somebody signed out in another tab meanwhile.
			if (core.ids().anonymousId !== whom) return restart();
			engine?.catchUp();
			journal.resync();
		},
	};
	return { face, keeper };
}
