import { useMemo, useSyncExternalStore } from "react";
import type { NudgeId } from "../register.js";
import type { Nudge } from "../types.js";
import { useBond } from "./bond.js";

const none = () => undefined;

/**
 * The nudge that is due and that you draw: one of the placement `headless`, or any with `nudges: false` in the provider's
 * options; with ids, only if it is one of these. Report that it is shown, in an effect, and what becomes of it, where that
 * happens; then it is due no more. Undefined as well when it is to be taken away.
 *
 * @example
 * const nudge = useNudge("invite_team");
 * useEffect(() => nudge?.report("shown"), [nudge]);
 * return nudge && <button onClick={() => nudge.report("dismissed")}>{nudge.text("title")}</button>;
 */
export function useNudge(...ids: NudgeId[]): Nudge | undefined {
	const { nudge } = useBond("useNudge");
	const wanted = ids.join("\n");
	const { watch, now } = useMemo(() => nudge(...(wanted ? wanted.split("\n") : [])), [nudge, wanted]);
	return useSyncExternalStore(watch, now, none);
}
