import { same } from "../bound/same.js";

/** Svelte's store contract. */
export interface Readable<Value> {
	/** Calls `run` now, and after each change. Returns what ends it. */
	subscribe(run: (value: Value) => void): () => void;
}

/** A store of what is watched. `first` is what a server says; `later` resolves when what it said may be said otherwise. */
export function readable<Value>(
	watch: (told: () => void) => () => void,
	now: () => Value | undefined,
	first: () => Value | undefined,
	later: () => Promise<void> | undefined = () => undefined,
): Readable<Value | undefined> {
	return {
		subscribe(run) {
			if (typeof document !== "object") {
				run(first());
				return () => {};
			}
			let last: Value | undefined;
			let over = false;
			const look = () => {
				const value = now();
				if (over || same(value, last)) return;
				last = value;
				run(value);
			};
			const waiting = later();
			const end = watch(look);
			last = now();
			run(last);
			waiting?.then(look);
			return () => {
				over = true;
				end();
			};
		},
	};
}
