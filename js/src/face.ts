import { openChannel } from "./channel.js";
import { systemClock } from "./clock.js";
import { openFlushing } from "./flushing.js";
import { forgetIds, personOf, readIds, writeIds } from "./identity.js";
import { type Cover, openJournal } from "./journal.js";
import { stand } from "./leader.js";
import type { Listeners } from "./listeners.js";
import { openLocal, parsed } from "./local.js";
import { bytesOf, type Draft, openWriter } from "./message.js";
import { watchPage } from "./page-life.js";
import { plainSender } from "./plain.js";
import type { Sender } from "./sender.js";
import { rescue, spill } from "./spill.js";
import { post, type Settings } from "./transport.js";
import type { Explanation, Health, Options, View } from "./types.js";

/** What the lazily loaded engine does for the face. */
export interface Engine {
	/** The view of the person as of now. */
	view(): View | undefined;
	/** Folds what is in the journal's log. */
	fold(): void;
	/** Folds, and gives what covers all of that. */
	cover(): Cover | undefined;
	/** Evaluates what time has changed. */
	advance(): void;
	/** Events that came too late to be put in their place. */
	readonly late: number;
	/** Says why: of one definition, or of all. */
	explain(id?: string): Promise<Explanation[]>;
}

/** The code of a warning, and what is special about this one. */
export type Warn = (code: string, detail?: unknown) => void;
/** Counts, and warns of, what is given up. */
export type Drop = (reason: string, detail?: unknown, count?: number) => void;
export type Face = ReturnType<typeof openFace>;

/** What was not written when the page hides goes beside what the journal has: an eighth of the keepalive quota. */
const unwrittenBytes = 8 * 1024;
/** Calls in this time after hiding are taken to be its handlers'. */
const hidingMs = 1_000;

/** Everything of a page that has called `init`. */
export function openFace(
	options: Options,
	emit: Listeners["emit"],
	warn: Warn,
	drop: Drop,
	dropped: Health["dropped"],
) {
	const settings: Settings = { ...options, clock: options.clock ?? systemClock };
	const { clock } = settings;
	const name = `ripen:${settings.writeKey}`;
	const local = openLocal(`${name}:`);
	const writer = openWriter(local, clock);
	const spillKey = (stream: string) => `${name}:spill:${stream}`;
	const spilled = new Set<string>();
	const calls = new Set<string>();
	let engine: Engine | undefined;
	let engineState: Health["engine"] = "loading";
	let connection: Health["connection"] = "idle";
	let taken = 0;
	let delivered = 0;
	let hiddenAt = -hidingMs;
	let rushing = false;
	let telling = false;
	let starting = false;
	/** Where wasm may never run, nothing will fold what was sent. */
	let forbidden = false;
	let leading = false;
	let sender: Sender | undefined;
	let seat = Promise.resolve();
	const plain = () => plainSender(face);
	let makeSender: () => Sender = plain;

	const inMemory = () => journal.store === "memory";
	const health = (): Health => ({
		store: journal.store,
		engine: engineState,
		taken,
		waiting: journal.waiting.size + journal.unwritten.length,
		delivered,
		late: engine?.late ?? 0,
		dropped: { ...dropped },
		connection,
	});
	/** Something of `health` changed. */
	const changed = (failed?: boolean) => {
		if (!telling)
			queueMicrotask(() => {
				telling = false;
				emit("health", health());
			});
		telling = true;
		if (journal.ready && !journal.unwritten.length && !(inMemory() && journal.waiting.size)) {
			for (const key of spilled) spill(key, []);
			spilled.clear();
		}
		flushing.check(failed);
	};
	const journal = openJournal(name, {
		changed() {
			if (engine) engine.fold();
			// Nothing takes them out any more.
			else if (engineState === "unavailable") journal.log.length = 0;
			sender?.appended();
			changed();
		},
		tell: (settled = []) => channel.tell(settled),
		lost: (error) => warn("storage_unavailable", error),
	});
	const channel = openChannel(name, (news) => {
		if (news === "flush") sender?.flush();
		else if (news === "failed") changed(true);
		else journal.catchUp(news);
	});
	const flushing = openFlushing(journal, clock, () => (sender ? sender.flush() : channel.tell("flush")));

	/** The one sender of this tab changes hands when nothing of the old one is in flight (C05). */
	const reseat = () => {
		seat = seat
			.then(async () => {
				await sender?.stop();
				sender = leading ? makeSender() : undefined;
				sender?.appended();
				if (flushing.wanted()) sender?.flush();
			})
			.catch((error) => warn("internal", error));
	};
	/** What is in memory only must not go with the page. */
	const rush = () => {
		rushing = false;
		const { unwritten, waiting } = journal;
		const key = spillKey(writer.stream);
		spilled.add(key);
		spill(key, inMemory() ? [...waiting.values(), ...unwritten] : unwritten);
		let bytes = 0;
		const fitting = unwritten.filter((json) => {
			bytes += bytesOf(json);
			return bytes < unwrittenBytes;
		});
		if (fitting.length) post(settings, fitting, true);
	};
	const join = () => {
		channel.open();
		return stand(name, () => {
			leading = true;
			reseat();
		});
	};
	const startEngine = () => {
		if (starting) return;
		starting = true;
		try {
			// The empty module. Throws where a CSP forbids wasm (C26), or where there is none.
			new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
		} catch (error) {
			forbidden = true;
			face.unavailable(error);
			return;
		}
		// Asked for at once, not after the chunk that instantiates it. Of this very form, since bundlers look for it.
		const wasm = fetch(settings.wasm ?? new URL("./wasm/ripen_bg.wasm", import.meta.url));
		import("./engine.js").then((module) => module.start(face, wasm)).catch(face.unavailable);
		wasm.catch(() => {});
	};

	const face = {
		settings,
		clock,
		name,
		stream: writer.stream,
		local,
		journal,
		emit,
		warn,
		health,
		ids: () => readIds(local),
		/** An event, or an identity, as of now. */
		take(draft: Draft & { userId?: string }) {
			const { userId, ...call } = draft;
			const ids = readIds(local);
			// The account of one user is not that of the next.
			const groupId = ids.userId && ids.userId !== userId ? undefined : ids.groupId;
			if (userId) writeIds(local, { ...ids, userId, groupId });
			if (call.groupId) writeIds(local, { ...ids, groupId: call.groupId });
			const json = writer.write(call);
			if (!json) return face.drop("too_large", call.event);
			taken++;
			journal.append(json);
			emit("event", JSON.parse(json));
			changed();
			startEngine();
			// What is tracked by handlers of the hiding itself comes after ours (C04).
			if (rushing || !document.hidden || clock.now() - hiddenAt > hidingMs) return;
			rushing = true;
			queueMicrotask(rush);
		},
		/** The names that the host asked by, until the engine takes them. */
		calls,
		trigger(name: string) {
			calls.add(name);
			engine?.fold();
		},
		drop(reason: string, detail?: unknown, count?: number) {
			drop(reason, detail, count);
			changed();
		},
		/** Sends waiting events as one batch. */
		async post(keys: number[], keepalive: boolean) {
			const events = keys.map((key) => journal.waiting.get(key)).filter((json) => json !== undefined);
			const answer = events.length ? await post(settings, events, keepalive) : { status: 200, ok: true };
			const rejected = answer.rejected ?? [];
			for (const each of rejected) face.drop("rejected", JSON.stringify(each));
			delivered -= rejected.length;
			connection = answer.ok ? "ok" : "retrying";
			return answer;
		},
		/** A try to send did not succeed; there will be others. */
		failed() {
			channel.tell("failed");
			changed(true);
		},
		/** These events need not be sent any more. */
		settle(keys: number[], reason: string): Promise<void> {
			if (reason === "acknowledged") delivered += keys.length;
			else face.drop(reason, keys.length, keys.length);
			return journal.settle(keys, engine?.cover(), forbidden);
		},
		/** From now on sends by such a one. */
		useSender(make = plain) {
			makeSender = make;
			reseat();
		},
		useEngine(ready: Engine) {
			engine = ready;
			engineState = "ready";
			changed();
		},
		unavailable(error: unknown) {
			engine = undefined;
			engineState = "unavailable";
			warn("wasm_unavailable", error);
			changed();
		},
		view(): View | undefined {
			if (engine) return engine.view();
			const view = parsed<View>(local.get("view"));
			// Another person's never shows (C24).
			return view?.person === personOf(readIds(local)) ? { ...view, state: "pending" } : undefined;
		},
		explain: (id?: string) => engine?.explain(id),
		reset() {
			forgetIds(local);
			local.set("session", undefined);
			local.set("view", undefined);
			engine?.fold();
		},
		flush: () => flushing.wait().then(health),
	};

	let candidacy = join();
	for (const [key, events] of rescue(spillKey(""))) {
		spilled.add(key);
		events.forEach(journal.append);
	}
	watchPage({
		hidden() {
			hiddenAt = clock.now();
			sender?.hidden();
			rush();
		},
		resumed() {
			sender?.resumed();
			engine?.advance();
		},
		left() {
			// Neither a lock nor a channel may keep the page out of the back-forward cache.
			candidacy.resign();
			channel.close();
			leading = false;
			reseat();
		},
		returned() {
			candidacy = join();
			journal.resync();
			engine?.advance();
		},
	});
	// Safari has no requestIdleCallback.
	if ("requestIdleCallback" in globalThis) requestIdleCallback(startEngine, { timeout: 2_000 });
	else clock.wakeAt(clock.now(), startEngine);
	return face;
}
