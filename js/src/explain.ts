import type { Face } from "./face.js";
import type { Surroundings } from "./module.js";
import { toolkit } from "./toolkit.js";
import type { Explanation } from "./types.js";

/** What the page's module has for it: the page itself has no words. */
export interface Grounds {
	playbook: Uint8Array;
	snapshot: Uint8Array;
	person: string;
	surroundings: Surroundings;
}

/** Asks the toolkit. Rejects where there is nothing of this id. */
export async function explain(
	{ clock, ids, local, settings }: Face,
	{ playbook, snapshot, person, surroundings }: Grounds,
	id: string | undefined,
): Promise<Explanation[]> {
	const now = clock.now();
	// Read and not renewed: to ask is no activity.
	const session = local.get("session")?.split(" ")[0];
	const here = JSON.stringify({ ...surroundings, sessionId: session, anonymousId: ids().anonymousId });
	const { explain } = await toolkit(settings.wasm);
	return JSON.parse(explain(playbook, snapshot, person, here, now, id));
}
