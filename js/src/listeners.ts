import type { Events } from "./types.js";

type Listener = (...args: never[]) => void;

export interface Listeners {
	on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void;
	/** `told` is what each listener is told, made if anybody listens. */
	emit<Name extends keyof Events>(name: Name, told: () => Parameters<Events[Name]>): void;
}

/** Listeners by name. One that throws, or rejects, harms neither Ripen nor its neighbours: `report` gets its error. */
export function openListeners(report: (error: unknown) => void): Listeners {
	const all = new Map<string, Set<Listener>>();
	return {
		on(name, listener) {
			// A wrapper of its own for each call, so that the same function may listen twice.
			const own: Listener = (...args) => (listener as Listener)(...args);
			const set = all.get(name) ?? new Set();
			all.set(name, set.add(own));
			return () => void set.delete(own);
		},
		emit(name, told) {
			for (const listener of [...(all.get(name) ?? [])])
				try {
					// An async listener's rejection would be unhandled otherwise (C12).
					Promise.resolve((listener as (...args: unknown[]) => unknown)(...told())).catch(report);
				} catch (error) {
					report(error);
				}
		},
	};
}
