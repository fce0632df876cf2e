/** The few small texts that must be there synchronously, on the first frame, and in all tabs. */
export interface Local {
	get(name: string): string | undefined;
	/** `undefined` forgets it. */
	set(name: string, value: string | undefined): void;
	/** All that there are, also of others, as the browser has them; some perhaps twice. */
	names(): string[];
	readonly prefix: string;
	/** It is stored, or was never set. */
	keeps(name: string): boolean;
	/** It may be stored from now on: what is in memory goes there, where nothing is yet. */
	store(): void;
	/** Forgets everything, also what was stored by other tabs. */
	erase(): void;
	/** The anonymous id that this page saw last, for when others clear what is stored. */
	person?: string | undefined;
}

/**
 * localStorage, as long as it `mayStore`; what it refuses (blocked, private, full: C13, C20) lives in memory as long as
 * the page.
 */
export function openLocal(prefix: string, mayStore: () => boolean): Local {
	const memory = new Map<string, string>();
	const of = (name: string) => prefix + name;
	/** Undefined where there is no store. */
	const storage = <T>(work: (storage: Storage) => T): T | undefined => {
		try {
			return mayStore() ? work(localStorage) : undefined;
		} catch {
			// Blocked, or full.
		}
	};
	const local: Local = {
		get: (name) => memory.get(name) ?? storage((storage) => storage.getItem(of(name))) ?? undefined,
		set(name, value) {
			memory.delete(name);
			const isStored = storage((storage) => {
				if (value === undefined) storage.removeItem(of(name));
				else storage.setItem(of(name), value);
				return true;
			});
			if (!isStored && value !== undefined) memory.set(name, value);
		},
		names: () => [...(storage(Object.keys) ?? []), ...[...memory.keys()].map(of)],
		prefix,
		keeps: (name) => !memory.has(name),
		store() {
			for (const [name, value] of [...memory]) {
				memory.delete(name);
				if (local.get(name) === undefined) local.set(name, value);
			}
		},
		erase() {
			memory.clear();
			local.person = undefined;
			try {
				for (const name of Object.keys(localStorage))
					if (name.startsWith(prefix)) localStorage.removeItem(name);
			} catch {
				// Blocked: nothing of ours is there.
			}
		},
	};
	return local;
}

/** Parsed JSON; undefined for what is absent or was damaged. */
export function parsed<T>(text: string | undefined): T | undefined {
	try {
		// Of what is absent, too, there is no JSON.
		return JSON.parse(`${text}`);
	} catch {}
}
