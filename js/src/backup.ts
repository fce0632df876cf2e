import type { Core } from "./core.js";
import type { Journal } from "./journal.js";
import type { Kind } from "./store/store.js";

const name = "anonymousId";

/** Of who has signed out nothing of what was evaluated stays in localStorage either. */
export function forgetEvaluated({ set }: Pick<Core["local"], "set">): void {
	for (const each of ["told", "concluded", "visit", "digest", "lead", "person"]) set(each, undefined);
}

/** An event of whom no store remembers, so that nobody will know them again (C20). */
const ephemeral = (json: string): string => json.replace('"context":{', '"context":{"ephemeral":true,');

/**
 * The anonymous id stands in the store, too, for when localStorage is blocked or was cleared (C20). Not the user's: an
 * application that clears localStorage when somebody signs out means that.
 */
export function openBackup(core: Core) {
	let stored: unknown;
	return {
		/** Before anything is written, or evaluated. */
		async begin(run: Journal["run"], kind: Kind): Promise<void> {
			stored = await run((store) => store.get(name));
			const { anonymousId } = core.ids();
			if (core.isStranger() && typeof stored === "string" && stored !== anonymousId)
				core.adopt({ anonymousId: stored });
			else if (kind === "memory" && core.mayStore() && !core.local.keeps("ids")) core.amend(ephemeral);
			else if (stored && stored !== anonymousId) {
				// Somebody signed out before there was a keeper, or the page went before it had done that.
				forgetEvaluated(core.local);
				await run((store) => store.forget());
			}
		},
		/** After a write: it is another one since `reset`, here or in another tab. */
		async keep(run: Journal["run"]): Promise<void> {
			const { anonymousId } = core.ids();
			if (anonymousId === stored) return;
			stored = anonymousId;
			await run((store) => store.put(name, anonymousId));
		},
		/** What was stored went with the rest. */
		forget() {
			stored = undefined;
		},
	};
}
