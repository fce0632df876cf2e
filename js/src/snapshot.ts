import type { Face } from "./keeper.js";
import type { Row } from "./store/store.js";
import type { Message, View } from "./types.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Page loads that follow each other go on from what the last one was told. */
const soonestMs = 10 * 60_000;
const timeoutMs = 30_000;
/** So many page loads are asked about, the latest: what is older has arrived, or never will. */
const mostStreams = 100;
/** So many signals are told. */
const mostSignals = 64;

/** What the collector knows of a person, as the store keeps it. */
export interface Restored {
	person: string;
	/** Another, where anything is different. */
	tag: string;
	/** When it was so. */
	asOf: number;
	/** When the person's first event happened. */
	since?: number;
	account?: string;
	/** Whether somebody is to talk to the person, or to somebody of the account. */
	lead?: boolean;
	/** Page load → the runs of its sequences that are in there. */
	streams: Record<string, [number, number][]>;
	/** Who was there before they signed in, and whether the collector knew of that: else what they did is not in there. */
	anonymousId: string;
	joined?: boolean;
	/** The newest row of the journal when it was asked for. */
	position: number;
	snapshot: Uint8Array;
}

/** What the page has to do with it. */
export interface Site {
	/** Which one is in what was evaluated. */
	readonly tag: string | undefined;
	/** As of when that is. */
	readonly asOf: number | undefined;
	/** Version of the engine's snapshots. */
	format(): number | undefined;
	/** As of now. */
	view(): View | undefined;
	late(): number;
	/** It takes the place of what is known of the person; what it has not, of the rows so far, is folded over it. */
	adopt(restored: Restored, missing: (rows: Row[]) => Row[]): Promise<void>;
}

/** Where an event is in its page load, as the writer writes it. */
const place = /"stream":"([^"]+)","sequence":(\d+)/;

const missingOf =
	({ streams, position, anonymousId, joined }: Restored, waiting: Map<number, string>) =>
	(rows: Row[]) =>
		rows.filter(({ key, json }) => {
			const [, stream = "", sequence] = place.exec(json) ?? [];
			// What does not travel nobody else has.
			if (!sequence) return true;
			if (!joined) {
				const message = JSON.parse(json) as Message;
				if (!message.userId && message.anonymousId === anonymousId) return true;
			}
			const at = Number(sequence);
			const runs = streams[stream];
			if (runs) return !runs.some(([first, last]) => first <= at && at <= last);
			return key > position || waiting.has(key);
		});

/**
 * Asks the collector what it knows of who has signed in here, over all their devices: at once, and every hour that the
 * page is looked at. What comes is for all tabs.
 */
export function openSnapshots(face: Face, site: Site, over: AbortSignal) {
	const { clock, ids, journal, local, mayStore, parsed, settings, warn } = face;
	const all = () => journal.run((store) => store.past(Number.MAX_SAFE_INTEGER));
	/** The collector of this tenant has no secret. */
	let off = false;
	/** About whom this page has asked. */
	let tried: string | undefined;
	let cancel: (() => void) | undefined;
	let asking: Promise<void> | undefined;
	const isHere = (person: string) => !over.aborted && mayStore() && ids().userId === person;
	const last = () => parsed<{ person: string; asked: number }>(local.get("person"));

	const take = async (restored: Restored | undefined) => {
		// Late: who it is of is gone.
		if (!restored || !isHere(restored.person)) return;
		const { since = Infinity } = ids();
		// It has lost the beginning, of which this browser knows.
		if ((restored.since ?? 0) > since + dayMs) return;
		await site.adopt(restored, missingOf(restored, journal.waiting));
		if (restored.since !== undefined && restored.since < since && isHere(restored.person))
			local.set("ids", JSON.stringify({ ...ids(), since: restored.since }));
	};
	/** What another tab, or an earlier page load, was told. */
	const takeStored = async () => take(await journal.run((store) => store.get<Restored>("person")));
	const keep = (restored?: Restored) => journal.run((store) => store.put("person", restored));

	const request = async (person: string) => {
		const { rows } = await all();
		const streams = new Set<string>();
		for (const { json } of rows.reverse()) {
			const [, stream] = place.exec(json) ?? [];
			if (stream && streams.size < mostStreams) streams.add(stream);
		}
		const { stages, signals, revision, at, knownSince } = site.view() ?? {};
		const told = Object.entries(signals ?? {}).filter(([, value]) => typeof value === "number");
		const { anonymousId, signature } = ids();
		const body = {
			writeKey: settings.writeKey,
			userId: person,
			anonymousId,
			token: await settings.token?.(),
			signature,
			revision,
			format: site.format(),
			known: site.tag,
			streams: [...streams],
			// Of what still has to be sent the collector cannot know.
			page: journal.waiting.size + journal.unwritten.length === 0 &&
				stages && {
					at,
					stages,
					signals: Object.fromEntries(told.slice(0, mostSignals)),
					since: knownSince,
					late: site.late(),
					asOf: site.asOf,
				},
		};
		const response = await fetch(`${settings.host}/v1/snapshot`, {
			method: "POST",
			// As a batch: no preflight.
			headers: { "content-type": "text/plain" },
			credentials: "omit",
			signal: AbortSignal.timeout?.(timeoutMs),
			body: JSON.stringify(body),
		});
		off = response.status === 404;
		if (response.status === 401) warn("snapshot_refused");
		if (response.status !== 200) return;
		const { snapshot, ...answer } = await response.json();
		const restored: Restored = {
			...answer,
			person,
			anonymousId,
			position: rows[0]?.key ?? 0,
			snapshot: Uint8Array.from(atob(snapshot), (sign) => sign.charCodeAt(0)),
		};
		if (!isHere(person)) return;
		await keep(restored);
		// Whoever has left meanwhile has left nothing.
		if (!isHere(person)) return void (await keep());
		await take(restored);
		// The other tabs hear of it.
		local.set("person", JSON.stringify({ person, asked: clock.now(), tag: restored.tag }));
	};
	const ask = async (): Promise<void> => {
		cancel?.();
		const { userId, signature } = ids();
		if (off || !userId || !(signature || settings.token) || !isHere(userId) || document.hidden) return;
		await takeStored();
		const { person, asked = -Infinity } = last() ?? {};
		const passed = person === userId ? Math.abs(clock.now() - asked) : Infinity;
		if (passed >= (tried === userId ? hourMs : site.tag ? soonestMs : 0)) {
			tried = userId;
			local.set("person", JSON.stringify({ person: userId, asked: clock.now() }));
			// Offline, or a page instead of a collector: in an hour.
			await request(userId).catch(() => {});
		}
		cancel?.();
		// Somebody else has signed in meanwhile.
		if (ids().userId !== userId) return ask();
		if (!over.aborted) cancel = clock.wakeAt(clock.now() + hourMs, next);
	};
	/** One after the other. */
	const next = () => {
		asking ??= ask()
			.catch((error) => warn("internal", error))
			.finally(() => {
				asking = undefined;
			});
		return asking;
	};
	document.addEventListener("visibilitychange", next, { signal: over });
	const heard = ({ key }: StorageEvent) => key === `${face.name}:person` && takeStored().catch(() => {});
	addEventListener("storage", heard, { signal: over });
	over.addEventListener("abort", () => cancel?.());
	return next;
}
