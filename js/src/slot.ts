import type { Face } from "./face.js";
import type { Runtime, Surroundings } from "./module.js";
import type { Nudge, Properties } from "./types.js";

/** The language of the nudges. */
const localeOf = ({ settings }: Face) =>
	settings.locale ?? (document.documentElement.lang || navigator.language);

/** The one place for a nudge: there is never a second beside it. */
export function openSlot(face: Face, runtime: Runtime) {
	const { clock, emit, settings, warn } = face;
	let holder: string | undefined;
	let leave: (() => void) | undefined;
	const surroundings = (): Surroundings => ({
		page: {
			path: location.pathname,
			url: location.href,
			title: document.title,
			search: location.search,
			hash: location.hash,
			referrer: document.referrer,
		},
		locale: localeOf(face),
		slotTaken: holder !== undefined,
	});
	const draw = async (nudge: Nudge) => {
		let left = false;
		const free = () => {
			holder = leave = undefined;
		};
		holder = nudge.id;
		leave = () => {
			left = true;
			free();
		};
		try {
			const { draw, clearOfOthers } = await import("./nudge/draw.js");
			await clearOfOthers();
			if (left) return;
			// Decided again: what was true when it became due may no longer be (C32).
			const allowed = runtime.mayShow(nudge.id, { ...surroundings(), slotTaken: false }, clock.now());
			leave = allowed ? draw(nudge, { face, locale: localeOf(face), free }) : undefined;
			if (!leave) free();
		} catch (error) {
			if (!left) free();
			warn("nudge_failed", `${nudge.id}: ${error}`);
		}
	};
	return {
		surroundings,
		/** Whom it was for is no longer here: it goes, and nobody has answered it. */
		left() {
			leave?.();
			holder = undefined;
		},
		/** A nudge won the slot. */
		due(id: string) {
			if (holder !== undefined) return;
			const nudge = {
				...runtime.nudge(id),
				id,
				report(outcome: string, properties?: Properties) {
					if (settings.nudges === false) holder = outcome === "shown" ? id : undefined;
					try {
						face.track(`$nudge_${outcome}`, { ...properties, nudge: id });
					} catch (error) {
						warn("bad_properties", `${id}: ${error}`);
					}
				},
			} as unknown as Nudge;
			emit("nudge", nudge);
			if (settings.nudges !== false) draw(nudge);
		},
	};
}
