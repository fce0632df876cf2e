import type { Cover, Ground, Row, Store } from "./store.js";

/** The last resort: what is here lasts as long as the page, and no other tab sees it. */
export function openMemory({ firstKey, soundOf }: Ground): Store {
	const rows = new Map<number, Row>();
	const state = new Map<string, unknown>();
	let next = firstKey.memory;
	const find = (fits: (key: number) => boolean) => [...rows.values()].filter(({ key }) => fits(key));
	const store: Store = {
		kind: "memory",
		async append(fresh) {
			for (const row of fresh) rows.set(next, { key: next++, ...row });
		},
		rows: async (after) =>
			soundOf(
				find((key) => key > after),
				store,
			),
		async settle(sent, gone, cover) {
			for (const row of sent) rows.set(row.key, row);
			for (const { key } of gone) rows.delete(key);
			const last = state.get("snapshot") as Cover | undefined;
			if (cover && !(last && last.position > cover.position)) state.set("snapshot", cover);
		},
		remove: async (keys) => keys.filter((key) => rows.delete(key)),
		async adopt(adopted) {
			// Before there are any of its own, so that the order is that of the keys.
			for (const row of adopted) rows.set(row.key, row);
		},
		past: async (position) => ({ rows: find((key) => key <= position), isWhole: false }),
		get: async (name) => state.get(name) as never,
		put: async (name, value) => state.set(name, value),
		async free() {},
		async forget() {
			state.clear();
			state.set("snapshot", { position: [...rows.keys()].at(-1) ?? 0 });
			for (const { key, sent } of [...rows.values()]) if (sent) rows.delete(key);
		},
		async erase() {
			rows.clear();
			state.clear();
		},
		close() {},
	};
	return store;
}
