import type { Records, Workspace } from "./model";

const KEY = "cairn.backend";
const nothing: Records = { users: [], workspaces: [] };

let records = load();
const watchers = new Set<() => void>();

// Another tab wrote: it is the same server.
addEventListener("storage", (event) => {
	if (event.key !== KEY) return;
	records = load();
	for (const changed of watchers) changed();
});

export function read(): Records {
	return records;
}

/** Calls `changed` after every change. Returns what ends that. */
export function watch(changed: () => void): () => void {
	watchers.add(changed);
	return () => watchers.delete(changed);
}

export function write(next: Records): void {
	records = next;
	try {
		localStorage.setItem(KEY, JSON.stringify(records));
	} catch {
		// Full or forbidden: the demonstration goes on, and forgets at the next load.
	}
	for (const changed of watchers) changed();
}

/** Changes one workspace. */
export function revise(id: string, revision: (workspace: Workspace) => Partial<Workspace>): void {
	write({
		...records,
		workspaces: records.workspaces.map((one) => (one.id === id ? { ...one, ...revision(one) } : one)),
	});
}

/** Throws away all that the demonstration's server has. */
export function erase(): void {
	write(nothing);
	try {
		localStorage.removeItem(KEY);
	} catch {
		// There was nothing to remove then.
	}
}

function load(): Records {
	try {
		const text = localStorage.getItem(KEY);
		return text ? (JSON.parse(text) as Records) : nothing;
	} catch {
		return nothing;
	}
}
