import { systemClock } from "./clock.js";
import { forgetIds, personOf, readIds, writeIds } from "./identity.js";
import type { Keeper } from "./keeper.js";
import type { Listeners } from "./listeners.js";
import { openLocal, parsed } from "./local.js";
import { bytesOf, type Draft, openWriter } from "./message.js";
import { watchPage } from "./page-life.js";
import { spill } from "./spill.js";
import { post, type Settings } from "./transport.js";
import type { Health, Options, View } from "./types.js";

/** The code of a warning, and what is special about this one. */
export type Warn = (code: string, detail?: unknown) => void;
/** Counts, and warns of, what is given up. */
export type Drop = (reason: string, detail?: unknown, count?: number) => void;
export type Core = ReturnType<typeof openCore>;

/** What was not written when the page hides goes beside what the journal has: an eighth of the keepalive quota. */
const unwrittenBytes = 8 * 1024;
/** Calls in this time after hiding are taken to be its handlers'. */
const hidingMs = 1_000;

/**
 * What a page that has called `init` has from the first moment on: calls become events here, and none of them is lost if
 * the page goes at once. All else is the keeper's, which comes when there is something to keep or the page is idle.
 */
export function openCore(
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
	const spillKey = `${name}:spill:`;
	/** Taken, not yet durable; the keeper takes them out. */
	const unwritten: string[] = [];
	/** The names that the host asked by, until the engine takes them. */
	const calls = new Set<string>();
	let keeper: Keeper | undefined;
	let loading: Promise<void> | undefined;
	let taken = 0;
	let hiddenAt = -hidingMs;
	let saving = false;
	let telling = false;

	const load = () => {
		loading ??= import("./keeper.js")
			.then(({ openKeeper }) => {
				keeper = openKeeper(core);
			})
			// What was taken waits in localStorage for the next page load.
			.catch((error) => warn("internal", error));
		return loading;
	};
	const isHiding = () => document.hidden && clock.now() - hiddenAt <= hidingMs;
	/** What is in memory only must not go with the page. */
	const save = () => {
		saving = false;
		spill(spillKey + writer.stream, [...(keeper?.inMemory() ?? []), ...unwritten]);
		if (!isHiding()) return;
		let bytes = 0;
		const fitting = unwritten.filter((json) => {
			bytes += bytesOf(json);
			return bytes < unwrittenBytes;
		});
		if (fitting.length) post(settings, fitting, true);
	};
	const core = {
		settings,
		clock,
		name,
		stream: writer.stream,
		local,
		spillKey,
		spill,
		bytesOf,
		unwritten,
		calls,
		emit,
		warn,
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
			if (!json) return core.drop("too_large", call.event);
			taken++;
			unwritten.push(json);
			keeper?.appended();
			emit("event", JSON.parse(json));
			core.changed();
			load();
			// What is tracked by handlers of the hiding itself comes after ours (C04).
			if (saving || (keeper && !isHiding())) return;
			saving = true;
			queueMicrotask(save);
		},
		trigger(name: string) {
			calls.add(name);
			keeper?.fold();
		},
		drop(reason: string, detail?: unknown, count?: number) {
			drop(reason, detail, count);
			core.changed();
		},
		post: (events: string[], keepalive: boolean) => post(settings, events, keepalive),
		/** Something of `health` changed. */
		changed() {
			if (!telling)
				queueMicrotask(() => {
					telling = false;
					emit("health", core.health());
				});
			telling = true;
		},
		health: (): Health => ({
			store: "memory",
			engine: "loading",
			waiting: unwritten.length,
			delivered: 0,
			late: 0,
			connection: "idle",
			...keeper?.health(),
			taken,
			dropped: { ...dropped },
		}),
		view(): View | undefined {
			const current = keeper?.view();
			if (current) return current;
			const view = parsed<View>(local.get("view"));
			// Another person's never shows (C24).
			return view?.person === personOf(readIds(local)) ? { ...view, state: "pending" } : undefined;
		},
		explain: (id?: string) => keeper?.explain(id),
		reset() {
			forgetIds(local);
			local.set("session", undefined);
			local.set("view", undefined);
			keeper?.fold();
		},
		async flush() {
			await load();
			await keeper?.flush();
			return core.health();
		},
	};

	watchPage({
		hidden() {
			hiddenAt = clock.now();
			keeper?.hidden();
			save();
		},
		resumed: () => keeper?.resumed(),
		left: () => keeper?.left(),
		returned: () => keeper?.returned(),
	});
	// Safari has no requestIdleCallback.
	if ("requestIdleCallback" in globalThis) requestIdleCallback(load, { timeout: 2_000 });
	else clock.wakeAt(clock.now(), load);
	return core;
}
