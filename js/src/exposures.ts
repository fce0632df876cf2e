import { Exposed } from "./exposed.js";
import type { Face } from "./keeper.js";
import { record } from "./record.js";
import { sessionOf } from "./surroundings.js";
import type { Considered, Decision } from "./types.js";

/** What was considered, alike for those who may see it and for those who may not: what came of it, or would have. */
function exposureOf({ nudge, variant, arm, would, ...found }: Considered) {
	const { verdict, by } = would ?? found;
	return { nudge, variant, arm: arm ?? "shown", verdict, by };
}

export type Exposures = ReturnType<typeof openExposures>;

/** Whose session it is: what was told of one person says nothing of the next. */
function whose(face: Face): string {
	const { userId, anonymousId } = face.ids();
	return `${sessionOf(face)} ${userId ?? anonymousId}`;
}

/** Tells what was considered: for a nudge each outcome once a session, since an edge may be a frequent event. */
export function openExposures(face: Face) {
	const { local } = face;
	/** Tells what was not told yet in this session, of this person. The keys stand in localStorage, for all tabs. */
	const once = (key: string, tell: () => void) => {
		const lines = (local.get("told") ?? "").split("\n");
		const known = lines[0] === whose(face) ? lines.slice(1) : [];
		if (known.includes(key)) return;
		tell();
		// It may have begun a session.
		local.set("told", [whose(face), ...known, key].join("\n"));
	};
	return {
		once,
		tell({ considered }: Decision) {
			for (const each of considered) {
				const exposure = exposureOf(each);
				once(JSON.stringify(Object.values(exposure)), () => record(face, Exposed.Event, exposure));
			}
		},
	};
}
