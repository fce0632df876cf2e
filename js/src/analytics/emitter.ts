/** `on`, `once`, `off` and `emit`, as analytics.js has them. */
type Listener = (...args: never[]) => unknown;

/** Calls that can be chained. */
export interface Emits {
	on(name: string, listener: Listener): Emits;
	once(name: string, listener: Listener): Emits;
	off(name: string, listener: Listener): Emits;
	emit(name: string, ...args: unknown[]): Emits;
}

export function openEmitter() {
	const all = new Map<string, Listener[]>();
	const emitter = {
		on(name: string, listener: Listener) {
			all.set(name, [...(all.get(name) ?? []), listener]);
		},
		once(name: string, listener: Listener) {
			const once = (...args: never[]) => {
				emitter.off(name, once);
				return listener(...args);
			};
			emitter.on(name, once);
		},
		off(name: string, listener: Listener) {
			all.set(
				name,
				(all.get(name) ?? []).filter((each) => each !== listener),
			);
		},
		/** A listener that throws harms neither its neighbours nor the call that was made (C12). */
		emit(name: string, args: unknown[]) {
			for (const listener of all.get(name) ?? [])
				try {
					listener(...(args as never[]));
				} catch (error) {
					console.error(error);
				}
		},
	};
	return emitter;
}
