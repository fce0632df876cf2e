import type { Face } from "./keeper.js";
import type { Row } from "./store/store.js";
import type { Message, View } from "./types.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Page loads that follow each other go on from what the last one was told. */
const soonestMs = 10 * 60_000;
const timeoutMs = 30_000;
/** Where what was told is not all, or could be counted twice. */
const soonMs = 60_000;
/** Characters of a snapshot: beyond, it is none (those of real usage have some thousand). */
const mostCharacters = 1_000_000;
/** So many page loads are asked about, the latest: what is older has arrived, or never will. */
const mostStreams = 100;
/** Besides the first, so many accounts of a person are asked about at once: of more when their hour comes. */
const mostAccounts = 3;
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
	/** All that has arrived of them is. */
	isAll?: boolean;
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
	/** Of the latest page loads the id of the last event that was evaluated, the latest at the end. */
	folded(): string[];
	/** It takes the place of what is known of the person; what it has not, of the rows so far, is folded over it. */
	adopt(restored: Restored, missing: (rows: Row[]) => Row[]): Promise<void>;
}

/** Where an event is in its page load, as the writer writes it. */
const place = /"stream":"([^"]+)","sequence":(\d+)/;
/** The page load of an event's id, or its own (`message.ts`). */
const streamOf = (id: string) => id.slice(0, 22);

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
	const { clock, flush, ids, journal, local, mayStore, parsed, settings, warn } = face;
	const all = () => journal.run((store) => store.past(Number.MAX_SAFE_INTEGER));
	/** The collector of this tenant has no secret. */
	let off = false;
	/** About whom this page has asked. */
	const tried = new Set<string>();
	let cancel: (() => void) | undefined;
	let asking: Promise<void> | undefined;
	const isHere = (person: string) => !over.aborted && mayStore() && ids().userId === person;
	/** Of another account the collector has other things to tell. */
	const whose = () => ids().userId + "\n" + ids().groupId;
	/** About whom it was asked last, the latest first: when, and what was told. */
	const told = () => parsed<[about: string, asked: number, tag?: string][]>(local.get("person")) ?? [];
	const lastOf = (about: string) => told().find(([of]) => of === about)?.[1];

	const take = async (restored: Restored | undefined) => {
		// Late: who it is of is gone.
		if (!restored || !isHere(restored.person)) return;
		const { since = Infinity } = ids();
		// It has lost the beginning, of which this browser knows.
		if ((restored.since ?? 0) > since + dayMs) return;
		// What is read after it is not in there.
		await journal.catchUp();
		await site.adopt(restored, missingOf(restored, journal.waiting));
		if (restored.since !== undefined && restored.since < since && isHere(restored.person))
			local.set("ids", JSON.stringify({ ...ids(), since: restored.since }));
	};
	/** What another tab, or an earlier page load, was told. */
	const takeStored = async () => take(await journal.run((store) => store.get<Restored>("person")));
	const keep = (restored?: Restored) => journal.run((store) => store.put("person", restored));

	const note = (about: string, asked: number, tag?: string) => {
		const others = told().filter(([of]) => of !== about);
		local.set("person", JSON.stringify([[about, asked, tag], ...others.slice(0, mostAccounts)]));
	};
	/** What makes somebody a member still waits to be sent. */
	const joins = () => /"type":"group"/.test([...journal.waiting.values(), ...journal.unwritten].join());

	const request = async (person: string, about: string) => {
		// The host's, which may never come.
		const token = await Promise.race([
			settings.token?.(),
			new Promise<never>((_, reject) => clock.wakeAt(clock.now() + timeoutMs, reject)),
		]);
		// What pages that are gone have left is in the journal by then.
		await journal.catchUp();
		if (!isHere(person)) return;
		const { rows } = await all();
		const before = site.folded();
		const streams = new Set([face.stream]);
		const latest = [...before, ...rows.map(({ json }) => place.exec(json)?.[1])].reverse();
		for (const id of latest) if (id && streams.size < mostStreams) streams.add(streamOf(id));
		const { stages, signals, revision, at, knownSince } = site.view() ?? {};
		const told = Object.entries(signals ?? {}).filter(([, value]) => typeof value === "number");
		const { anonymousId, signature } = ids();
		const body = {
			writeKey: settings.writeKey,
			userId: person,
			anonymousId,
			token,
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
		const soon = () => note(about, clock.now() - hourMs + soonMs);
		// It is behind with folding.
		if (response.status === 503) soon();
		if (response.status !== 200) return;
		const { snapshot, ...answer } = await response.json();
		const restored: Restored = {
			...answer,
			person,
			anonymousId,
			position: rows.at(-1)?.key ?? 0,
			snapshot: Uint8Array.from(atob(snapshot.slice(0, mostCharacters)), (sign) => sign.charCodeAt(0)),
		};
		await journal.catchUp();
		// What came meanwhile of a page load that was not asked about may be in there, or not. And only IndexedDB has
		// what arrived and is not in there, to fold it again.
		const hasPast = journal.store === "indexeddb";
		const isUnclear = (id: string) => !before.includes(id) && !(hasPast && streams.has(streamOf(id)));
		if (!(hasPast || restored.isAll) || site.folded().some(isUnclear)) return soon();
		if (!isHere(person)) return;
		await keep(restored);
		await take(restored);
		// Whoever has left meanwhile has left nothing, nor does what cannot be used stay.
		if (!isHere(person) || site.tag !== restored.tag) return void (await keep());
		// The other tabs hear of it.
		note(about, clock.now(), restored.tag);
	};
	const ask = async (): Promise<void> => {
		cancel?.();
		const { userId, signature } = ids();
		const about = whose();
		if (off || !userId || !(signature || settings.token) || !isHere(userId) || document.hidden) return;
		await takeStored();
		// Whoever changes often is asked about as if it were the same account.
		const isOften = tried.size > mostAccounts;
		const asked = isOften ? told()[0]?.[1] : lastOf(about);
		const passed = Math.abs(clock.now() - (asked ?? -Infinity));
		const pause = isOften || tried.has(about) ? hourMs : site.tag ? soonestMs : 0;
		if (whose() === about && passed >= pause) {
			tried.add(about);
			note(about, clock.now());
			const isEarly = joins();
			// Offline, or a page instead of a collector: in an hour.
			await request(userId, about).catch(() => {});
			// Who has just become a member is none to the collector before it has been told.
			if (isEarly && !off) {
				await flush();
				await request(userId, about).catch(() => {});
			}
		}
		cancel?.();
		// Somebody else has signed in meanwhile, or elsewhere.
		if (whose() !== about) return ask();
		if (!over.aborted) cancel = clock.wakeAt((lastOf(about) ?? clock.now()) + hourMs, next);
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
