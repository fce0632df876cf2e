import type { Face } from "./keeper.js";
import type { Page } from "./nudge/frame.js";
import { setLead } from "./open-lead.js";
import { record } from "./record.js";
import { localeOf } from "./surroundings.js";
import type { Decision } from "./types.js";

/** So many decisions are remembered, for who asks why. */
const mostDecisions = 100;

/** What nudges have to do with in this page, and what was decided of them. */
export function openNudgePage(face: Face) {
	const { clock, settings, warn } = face;
	/** Who wants to know of each change of the view. */
	const watchers = new Set<() => void>();
	const changed = () => {
		for (const seen of watchers)
			try {
				seen();
			} catch (error) {
				warn("nudge_failed", error);
			}
	};
	const decisions: Decision[] = [];
	const keep = (decision: Decision) => {
		decisions.push(decision);
		if (decisions.length > mostDecisions) decisions.shift();
		changed();
	};
	const page: Page = {
		clock,
		warn,
		get locale() {
			return localeOf(face);
		},
		view: face.view,
		watch(seen, over) {
			watchers.add(seen);
			over.addEventListener("abort", () => watchers.delete(seen));
		},
		track(event, properties) {
			record(face, event, properties);
			if (event === "$lead_submitted") setLead(face, true);
		},
		apply: (traits) => face.take({ type: "identify", body: JSON.stringify(traits) }),
		mode: face.mode,
		flush: face.flush,
		action(name) {
			const { actions } = settings;
			return actions && Object.hasOwn(actions, String(name)) ? actions[String(name)] : undefined;
		},
		mayLoad: ({ origin }) => origin === location.origin || settings.images?.includes(origin) === true,
	};
	return {
		page,
		/** The view is another one. */
		changed,
		decisions: (): readonly Decision[] => decisions,
		/** Remembers what was decided. */
		keep,
	};
}
