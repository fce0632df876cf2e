/** The few small texts that must be there synchronously, on the first frame, and in all tabs. */
export interface Local {
	get(name: string): string | undefined;
	/** `undefined` forgets it. */
	set(name: string, value: string | undefined): void;
}

/** localStorage; what it refuses (blocked, private, full: C13, C20) lives in memory as long as the page. */
export function openLocal(prefix: string): Local {
	const memory = new Map<string, string>();
	return {
		get(name) {
			try {
				return memory.get(name) ?? localStorage.getItem(prefix + name) ?? undefined;
			} catch {
				return memory.get(name);
			}
		},
		set(name, value) {
			memory.delete(name);
			try {
				if (value === undefined) localStorage.removeItem(prefix + name);
				else localStorage.setItem(prefix + name, value);
			} catch {
				if (value !== undefined) memory.set(name, value);
			}
		},
	};
}

/** Parsed JSON; undefined for what is absent or was damaged. */
export function parsed<T>(text: string | undefined): T | undefined {
	try {
		return text === undefined ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}
