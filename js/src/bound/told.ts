/** Who is told of each change, as frameworks subscribe. */
export interface Told {
	/** From now on until what it returns is called. */
	add(told: () => void): () => void;
	tell(): void;
	readonly any: boolean;
}

/** `listen` is called when there is somebody, and what it returns when there is nobody any more. */
export function openTold(listen: () => () => void): Told {
	const all = new Set<() => void>();
	let end: (() => void) | undefined;
	return {
		add(told) {
			// A wrapper of its own for each, so that the same function may be told twice.
			const own = () => told();
			all.add(own);
			end ??= listen();
			return () => {
				all.delete(own);
				if (all.size) return;
				end?.();
				end = undefined;
			};
		},
		tell() {
			for (const told of [...all]) if (all.has(told)) told();
		},
		get any() {
			return all.size > 0;
		},
	};
}
