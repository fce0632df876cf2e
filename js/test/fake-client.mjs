/** A client whose view, health and nudges are what the test says. `calls` has what was called of it, `listening` who listens. */
export function fakeClient(first) {
	const all = new Map();
	let health = { engine: "loading", consent: "granted" };
	let view = first;
	const client = {
		calls: [],
		view: () => view && structuredClone(view),
		health: () => health,
		explain: async () => [],
		on(name, listener) {
			const set = all.get(name) ?? new Set();
			all.set(name, set.add(listener));
			return () => set.delete(listener);
		},
		/** How many listen to anything. */
		get listening() {
			return [...all.values()].reduce((sum, { size }) => sum + size, 0);
		},
		emit(name, ...args) {
			for (const listener of [...(all.get(name) ?? [])]) listener(...args);
		},
		/** The person is seen so from now on. */
		see(next) {
			view = next;
			client.emit("change", structuredClone(next), []);
		},
		/** The engine stops or starts, or consent is taken back; and this is what is known. */
		turn(more, next) {
			view = next;
			health = { ...health, ...more };
			client.emit("health", health);
		},
		/** A nudge is due. What is reported stands in `calls`. */
		due(id, kind = "headless") {
			const over = new AbortController();
			client.emit("nudge", {
				id,
				placement: { kind },
				text: () => id,
				report: (outcome) => client.calls.push([outcome, id]),
				signal: over.signal,
			});
			return () => over.abort();
		},
	};
	for (const name of ["init", "track", "identify"])
		client[name] = (...args) => {
			client.calls.push([name, ...args]);
		};
	return client;
}

export const view = (more) => ({
	person: "ada",
	at: 0,
	revision: "0",
	traits: { user: {}, account: {} },
	signals: {},
	segments: [],
	scores: {},
	bands: {},
	stages: { journey: "new" },
	moments: [],
	state: "current",
	...more,
});
