import type { Face } from "./keeper.js";
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
	face: Face,
	{ playbook, snapshot, person, surroundings }: Grounds,
	id: string | undefined,
): Promise<Explanation[]> {
	const now = face.clock.now();
	const { explain } = await toolkit(face);
	return JSON.parse(explain(playbook, snapshot, person, JSON.stringify(surroundings), now, id));
}
