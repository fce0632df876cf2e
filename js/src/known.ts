/** So many page loads are remembered: more than leave anything behind. */
const mostStreams = 100;
/** Page load, and place in it (`message.ts`). */
const pattern = /^(\w{22})-\w{5}$/;

export type Known = ReturnType<typeof openKnown>;

/**
 * Whether an event was folded before, by its id: what a page spilled while it went, and then did write, is in the journal twice (C05);
 * the journal is read again; and one with an id of its own may be told by several tabs. The events of a page load come in
 * their order, and so sort their ids: the last of each is enough, and goes with the snapshot.
 */
export function openKnown() {
	const last = new Map<string, string>();
	const ids = new Set<string>();
	const known = {
		/** From now on it is. */
		has(id: string): boolean {
			const stream = pattern.exec(id)?.[1];
			const before = stream ? id <= (last.get(stream) ?? "") : ids.has(id);
			if (before) return true;
			if (!stream) ids.add(id);
			else {
				// The latest ones are kept.
				last.delete(stream);
				last.set(stream, id);
				for (const oldest of last.keys()) if (last.size > mostStreams) last.delete(oldest);
			}
			return false;
		},
		/** What another page load knew. */
		learn: (list: unknown) => Array.isArray(list) && list.map((id) => known.has(`${id}`)),
		list: () => [...last.values()],
	};
	return known;
}
