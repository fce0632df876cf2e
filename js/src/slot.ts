import type { Face } from "./keeper.js";
import type { Runtime } from "./module.js";
import type { Page } from "./nudge/draw.js";
import { record } from "./record.js";
import { openShowing, type Showing } from "./showing.js";
import { localeOf, surroundingsOf } from "./surroundings.js";
import type { Nudge, NudgeOutcome, Properties } from "./types.js";

/** What a nudge points at, where it points at anything. */
const anchorOf = ({ placement }: Nudge) => placement?.anchor;

/** The one place for a nudge: there is never a second beside it. */
export function openSlot(face: Face, runtime: Runtime) {
	const { clock, emit, settings, warn } = face;
	const drawn = settings.nudges !== false;
	let holder: string | undefined;
	let showing: Showing | undefined;
	let leave: (() => void) | undefined;

	const page: Page = {
		warn,
		view: face.view,
		track: (event, properties) => record(face, event, properties),
	};
	const free = () => {
		holder = leave = undefined;
	};
	/** Decided again: what was true when it became due may no longer be (C32). */
	const allowed = (nudge: Nudge) => {
		const anchor = anchorOf(nudge);
		const missing = typeof anchor === "string" && !document.querySelector(anchor);
		const here = { ...surroundingsOf(face, false), withoutAnchor: missing ? nudge.id : undefined };
		return runtime.mayShow(nudge.id, here, clock.now());
	};
	const open = (id: string): Nudge => {
		const { ignoreAfter, ...nudge } = runtime.nudge(id);
		const { variant } = nudge;
		const own = openShowing(clock, Number(ignoreAfter), (outcome, properties) => {
			if (!drawn) holder = outcome === "shown" ? id : undefined;
			try {
				record(face, `$nudge_${outcome}`, { ...properties, nudge: id, variant });
			} catch (error) {
				warn("bad_properties", `${id}: ${error}`);
			}
		});
		showing = own;
		return {
			...nudge,
			id,
			report: (outcome: NudgeOutcome, properties?: Properties) => own.report(outcome, properties),
		} as unknown as Nudge;
	};
	const show = async (nudge: Nudge, durable: Promise<void>) => {
		let left = false;
		leave = () => {
			left = true;
			free();
		};
		try {
			// Told before anything is shown (C39).
			await durable;
			if (left) return;
			if (!drawn) {
				// The host's from here on: it says when it is shown.
				free();
				if (allowed(nudge)) emit("nudge", nudge);
				return;
			}
			emit("nudge", nudge);
			const { draw, clearOfOthers } = await import("./nudge/draw.js");
			await clearOfOthers();
			if (left) return;
			leave = allowed(nudge) ? draw(nudge, page, localeOf(face), free) : undefined;
			if (!leave) free();
		} catch (error) {
			if (!left) free();
			warn("nudge_failed", `${nudge.id}: ${error}`);
		}
	};
	return {
		surroundings: () => surroundingsOf(face, holder !== undefined),
		/** Whom it was for is no longer here: it goes, and nobody has answered it. */
		left() {
			showing?.end();
			leave?.();
			holder = undefined;
		},
		/** A nudge won the slot: from here on it is taken. */
		claim(id: string) {
			holder ??= id;
		},
		/** What won is shown once it is durable that it was considered. */
		due(id: string, durable: Promise<void>) {
			show(open(id), durable);
		},
	};
}
