import type { Face } from "./keeper.js";

/** How long a form that was submitted counts as open, where no collector says how it is. */
const openMs = 30 * 86_400_000;

/** Somebody is to talk to this person, or to somebody of their account: nothing commercial is shown meanwhile. */
export const isLeadOpen = ({ clock, ids, local }: Face): boolean => {
	const [until, person] = (local.get("lead") ?? "").split(/ (.*)/s);
	const { anonymousId, userId } = ids();
	// Who has signed in since is the same person; whoever does after them is not.
	if (userId && person === anonymousId) local.set("lead", `${until} ${userId}`);
	return (person === userId || person === anonymousId) && clock.now() < Number(until);
};

/** The person submitted a form, or the collector says how it is. */
export const setLead = ({ clock, ids, local }: Face, open: boolean): void => {
	const { anonymousId, userId = anonymousId } = ids();
	local.set("lead", open ? `${clock.now() + openMs} ${userId}` : undefined);
};
