import type { Face } from "./keeper.js";

/** How long a form that was submitted counts as open, where no collector says how it is. */
const openMs = 30 * 86_400_000;

/** Not imported: what the core has, too, would become a chunk of its own. */
const personOf = ({ userId, anonymousId }: { userId?: string; anonymousId: string }) => userId ?? anonymousId;

/** Somebody is to talk to this person, or to somebody of their account: nothing commercial is shown meanwhile. */
export const isLeadOpen = ({ clock, ids, local }: Face): boolean => {
	const [until, person] = (local.get("lead") ?? "").split(/ (.*)/s);
	return person === personOf(ids()) && clock.now() < Number(until);
};

/** The person submitted a form, or the collector says how it is. */
export const setLead = ({ clock, ids, local }: Face, open: boolean): void =>
	local.set("lead", open ? `${clock.now() + openMs} ${personOf(ids())}` : undefined);
