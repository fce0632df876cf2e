import { decoded, encoded } from "./localstorage-values.js";
import type { Cover, Ground, Row, Store } from "./store.js";

/** A tab gives keys of this many apart, with bits of its own below, so that two tabs at one moment give different ones. */
const step = 2 ** 20;
/** Characters of rows that are taken over from another store; what is new has twice as many (`limits.ts`). */
const mostAdopted = 250_000;
/** Characters of one value beside the rows: a longer one is not kept. */
const mostState = 250_000;

/** Which rows leave is written with the snapshot that covers them, since one value is there whole or not at all. */
interface Kept extends Cover {
	gone: number[];
}

/**
 * Where IndexedDB cannot be had. Each row stands by itself, at `ripen:KEY:row:NUMBER:STREAM`, so that no tab ever
 * overwrites what another wrote. One that was sent begins with a space. No past is kept.
 */
export function openLocalStorage({ name, stream, clock, firstKey, trouble, soundOf, heard }: Ground): Store {
	const rowName = `${name}:row:`;
	const stateName = `${name}:state:`;
	const newestName = `${stateName}newest`;
	/** Key → where it stands, and the other way round. */
	const places = new Map<number, string>();
	const keys = new Map<string, number>();
	const read = new Set<number>();
	/** The newest of them. */
	let seen: number = firstKey.localstorage;
	const [bits = 0] = crypto.getRandomValues(new Uint32Array(1));

	const guarded = <T>(work: () => T): T => {
		try {
			return work();
		} catch (error) {
			throw trouble((error as Error)?.name === "SecurityError" ? "unavailable" : "quota", error);
		}
	};
	const all = (prefix: string) => {
		const found: string[] = [];
		for (let at = 0; at < localStorage.length; at++) {
			const place = localStorage.key(at);
			if (place?.startsWith(prefix)) found.push(place);
		}
		return found;
	};
	const learn = (place: string, key: number) => {
		keys.set(place, key);
		places.set(key, place);
	};
	const scan = (wanted: (key: number) => boolean): Row[] => {
		const rows: Row[] = [];
		for (const place of all(rowName)) {
			let key = keys.get(place);
			if (key === undefined) {
				key = Number.parseInt(place.slice(rowName.length), 10) || 0;
				// Two tabs had the same bits.
				while (places.has(key)) key++;
				learn(place, key);
			}
			if (!wanted(key)) continue;
			const text = localStorage.getItem(place) ?? "";
			rows.push({ key, json: text.trimStart(), ...(text[0] === " " && { sent: 1 }) });
		}
		return rows.sort((one, other) => one.key - other.key);
	};
	/** All, or none. */
	const write = (rows: Row[]) => {
		const written: string[] = [];
		try {
			for (const { key, json, sent } of rows) {
				// A row of another store has one place, whichever tab takes it over.
				const place = `${rowName}${key}:${key < firstKey.localstorage ? "" : stream}`;
				if (localStorage.getItem(place) !== null) continue;
				localStorage.setItem(place, (sent ? " " : "") + json);
				written.push(place);
				learn(place, key);
			}
		} catch (error) {
			for (const place of written) localStorage.removeItem(place);
			throw error;
		}
	};
	const isThere = (place: string | undefined): place is string =>
		place !== undefined && localStorage.getItem(place) !== null;
	const take = (key: number) => {
		const place = places.get(key);
		if (!isThere(place)) return false;
		localStorage.removeItem(place);
		return true;
	};
	let pending: (() => void) | undefined;
	/** What another tab writes is here some time after it says so (browsers copy it from process to process). */
	const listen = ({ key }: StorageEvent) => {
		if (!key?.startsWith(rowName)) return;
		pending ??= clock.wakeAt(clock.now() + 20, () => {
			pending = undefined;
			heard();
		});
	};
	const stateOf = <T>(key: string): T | undefined => decoded(localStorage.getItem(stateName + key));

	const store: Store = {
		kind: "localstorage",
		append: async (fresh) =>
			guarded(() => {
				// A row of another tab may be here before the number that it raised.
				const newest = Math.max(seen, Number(localStorage.getItem(newestName)));
				const first = Math.floor(newest / step) + 1;
				const rows = fresh.map((row, at) => ({ key: (first + at) * step + (bits % step), ...row }));
				write(rows);
				// Another tab may set that back at this moment: a key that was given is not given again.
				seen = rows.at(-1)?.key ?? newest;
				localStorage.setItem(newestName, `${seen}`);
			}),
		async rows(after) {
			// One that is new may stand below what was read: two tabs at one moment have no order.
			const rows = guarded(() => scan((key) => key > after || !read.has(key)));
			for (const { key } of rows) {
				read.add(key);
				seen = Math.max(seen, key);
			}
			return soundOf(rows, store);
		},
		settle: async (sent, gone, cover) =>
			guarded(() => {
				if (cover) {
					const last = stateOf<Kept>("snapshot");
					// Another tab may have folded further.
					const further = last && last.position > cover.position ? last : cover;
					const kept: Kept = { ...further, gone: gone.map(({ key }) => key) };
					localStorage.setItem(`${stateName}snapshot`, encoded(kept));
				}
				for (const { key } of gone) take(key);
				for (const { key, json } of sent) {
					const place = places.get(key);
					try {
						if (isThere(place)) localStorage.setItem(place, ` ${json}`);
					} catch {
						// No room for one more character: what the collector has need not stay.
						take(key);
					}
				}
			}),
		remove: async (keys) => guarded(() => keys.filter(take)),
		async adopt(rows) {
			let room = mostAdopted;
			const fitting = rows.filter(({ json }) => {
				room -= json.length;
				return room > 0;
			});
			try {
				write(fitting);
			} catch {
				// They are still in memory.
			}
		},
		past: async (position) => ({
			rows: await soundOf(
				guarded(() => scan((key) => key <= position)),
				store,
			),
			isWhole: false,
		}),
		get: async (name) => guarded(() => stateOf(name)),
		async put(name, value) {
			const text = encoded(value);
			try {
				localStorage.removeItem(stateName + name);
				if (text.length <= mostState) localStorage.setItem(stateName + name, text);
			} catch {
				// It is got anew.
			}
		},
		free: async () =>
			guarded(() => {
				localStorage.removeItem(`${stateName}playbook`);
				for (const { key, sent } of scan(() => true)) if (sent) take(key);
			}),
		forget: async () =>
			guarded(() => {
				const position = Number(localStorage.getItem(newestName));
				for (const place of all(stateName)) if (place !== newestName) localStorage.removeItem(place);
				for (const { key, sent } of scan(() => true)) if (sent) take(key);
				localStorage.setItem(`${stateName}snapshot`, encoded({ position, gone: [] }));
			}),
		erase: async () =>
			guarded(() => {
				for (const place of [...all(rowName), ...all(stateName)]) localStorage.removeItem(place);
			}),
		close() {
			removeEventListener("storage", listen);
			pending?.();
		},
	};
	guarded(() => {
		localStorage.setItem(stateName, "");
		localStorage.removeItem(stateName);
		scan(() => false);
		// What a page that went had begun.
		for (const key of stateOf<Kept>("snapshot")?.gone ?? []) take(key);
	});
	addEventListener("storage", listen);
	return store;
}
