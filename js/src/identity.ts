import { type Local, parsed } from "./local.js";
import { randomId } from "./random.js";

/** Who acts in this browser. */
export interface Ids {
	anonymousId: string;
	userId?: string;
	/** By which the host vouches for the user's id. */
	signature?: string;
	groupId?: string;
	/** When this browser took its first event of them: nothing here knows of what was before (C17). */
	since?: number;
}

/**
 * The ids, shared by all tabs: read anew each time, since another tab may have signed in or out. Where somebody cleared
 * localStorage it is still the same browser; who had signed in is not signed in any more (C20).
 */
export function readIds(local: Local): Ids {
	const ids = parsed<Ids>(local.get("ids"));
	if (!ids?.anonymousId) return forgetIds(local, local.person);
	local.person = ids.anonymousId;
	return ids;
}

export function writeIds(local: Local, ids: Ids): void {
	local.set("ids", JSON.stringify(ids));
}

/** A new anonymous person. `randomUUID` is missing on pages without TLS. */
export function forgetIds(local: Local, anonymousId: string = crypto.randomUUID?.() ?? randomId(22)): Ids {
	const ids = { anonymousId };
	writeIds(local, ids);
	return ids;
}

/** What of them is this user's: the account and the signature of one user are not those of the next. */
export const ofUser = (ids: Ids, userId: string | undefined): Ids =>
	userId && (ids.userId ?? userId) !== userId ? { ...ids, groupId: undefined, signature: undefined } : ids;

/** The user's id, else the anonymous one. */
export function personOf(ids: Ids): string {
	return ids.userId ?? ids.anonymousId;
}

/** An event of who was taken for somebody else. */
export const adopted = (json: string, known: Ids, stored: Ids): string =>
	json.replace(`"anonymousId":"${known.anonymousId}"`, () => `"anonymousId":"${stored.anonymousId}"`);
