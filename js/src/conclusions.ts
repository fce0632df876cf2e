import type { Face } from "./keeper.js";
import { record } from "./record.js";
import type { Change, View } from "./types.js";

/** How the person stands, without what they did. */
const standing = ({ stages, segments, scores, bands, moments, momentum }: View) => ({
	stages,
	segments,
	scores,
	bands,
	moments,
	momentum,
});

/** So many ids are remembered of what was told. */
const mostKnown = 100;

/**
 * Tells of changes and, once on each of the person's days on which they did something, how they stand. Several tabs may
 * find out the same, and a page load that folds it again: its id is made of what it is, so that it counts once;
 * and what was told last is remembered, which keeps most of that off the wire.
 */
export function openConclusions(face: Face) {
	const { clock, ids, local } = face;
	const tell = (event: string, id: string, properties: object) => {
		const key = [ids().anonymousId, event.slice(1), id].join("-");
		const known = (local.get("concluded") ?? "").split("\n");
		if (known.includes(key)) return;
		record(face, event, { ...properties }, key);
		local.set("concluded", [...known, key].slice(-mostKnown).join("\n"));
	};
	return {
		changed(changes: Change[], view: View) {
			for (const { at, kind, name, from, to } of changes)
				if (kind === "stage")
					tell("$stage_changed", `${name}-${to}-${at}`, {
						ladder: name,
						from,
						to,
						at: new Date(at).toISOString(),
					});
				else if (kind === "moment")
					tell("$moment_fired", `${name}-${at}`, {
						moment: name,
						at: new Date(at).toISOString(),
						// Where no event travels the collector finds no moment by itself.
						mode: face.mode === "signals" ? face.mode : undefined,
						...standing(view),
					});
		},
		/** The person did something. */
		active(view: View) {
			const now = clock.now();
			const day = new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
			const mark = `${view.person} ${day}`;
			if (local.get("digest") === mark) return;
			local.set("digest", mark);
			tell("$digest", day, { day, ...standing(view) });
		},
	};
}
