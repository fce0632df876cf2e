import type { Bindable } from "../bound/client.js";
import type { Explanation } from "../types.js";
import type { Flags } from "./flags.js";

/** The reason that is called `when`: without a condition there is nothing that does not hold. */
const meets = ({ parts = [] }: Explanation) => parts.find(({ id }) => id === "when")?.holds ?? true;

/**
 * Whether the conditions of these nudges hold, by what explains them, and which variants were decided about. `told` is
 * called when any of it has changed.
 */
export function watchNudges(client: Bindable, names: readonly string[], told: () => void) {
	const holds: Flags = new Map();
	const variants: Flags = new Map();
	let asking: Promise<void> | undefined;
	let asked = false;
	let isOver = false;

	const ask = async () => {
		while (asked && !isOver) {
			asked = false;
			let changed = false;
			for (const name of names) {
				// Rejects where there is no such nudge, or the module that explains cannot be had.
				const [why] = await client.explain(`nudges.${name}`).catch(() => []);
				const value = why && meets(why);
				if (value === holds.get(`nudges.${name}`)) continue;
				if (value === undefined) holds.delete(`nudges.${name}`);
				else holds.set(`nudges.${name}`, value);
				changed = true;
			}
			if (changed && !isOver) told();
		}
	};
	const end = client.on("decision", ({ considered }) => {
		const before = [...variants.values()].join();
		for (const { nudge, variant } of considered) if (variant) variants.set(`nudges.${nudge}`, variant);
		if ([...variants.values()].join() !== before) told();
	});
	return {
		holds,
		variants,
		/** Asks anew; a question that comes while another is answered is asked after it. Resolves when all are answered. */
		look(): Promise<void> {
			if (!names.length) return Promise.resolve();
			asked = true;
			asking ??= ask().finally(() => {
				asking = undefined;
			});
			return asking;
		},
		end() {
			isOver = true;
			end();
		},
	};
}
