import { durable } from "./durable.js";
import type { Exposures } from "./exposures.js";
import type { Face } from "./keeper.js";
import type { Runtime } from "./module.js";
import type { Page } from "./nudge/draw.js";
import { setLead } from "./open-lead.js";
import { openPlace } from "./place.js";
import { record } from "./record.js";
import { openShowing, type Showing } from "./showing.js";
import { localeOf, surroundingsOf } from "./surroundings.js";
import type { Decision, Judgement, Nudge, NudgeOutcome, Properties } from "./types.js";

/** What a nudge points at, where it points at anything. */
const anchorOf = ({ placement }: Nudge) => placement?.anchor;

const isWon = ({ verdict }: Judgement) => verdict === "won";

/** What the arbiter would have said, had it known what holds all of them back, or those that `isMeant`. */
function heldBack(decision: Decision, by: string, isMeant = (_: string) => true): Decision {
	const judge = <Found extends Judgement>(found: Found): Found =>
		found.verdict === "blocked" ? found : { ...found, verdict: "blocked", by };
	const considered = decision.considered.map((each) =>
		isMeant(each.nudge) ? { ...judge(each), ...(each.would && { would: judge(each.would) }) } : each,
	);
	const { won } = decision;
	return { ...decision, won: won && !isMeant(won) ? won : null, considered };
}

/** No nudge waits for longer to hear whether it is switched off. */
const patienceMs = 300;
/** So old may an answer be to which nudges are switched off. */
const freshMs = 15_000;

/** What knows which nudges are switched off; where it cannot be had, none is. */
const switches = () => import("./killed.js").catch(() => undefined);

/** The one place for a nudge: there is never a second beside it, nor one in another tab. */
export function openSlot(
	face: Face,
	runtime: Runtime,
	exposures: Exposures,
	over: AbortSignal,
	/** Resolves when it is known what other devices have shown, or that it will not be in time. */
	arrival: () => Promise<unknown> | undefined,
) {
	const { clock, emit, settings, warn } = face;
	const drawn = settings.nudges !== false;
	const place = openPlace(face);
	/** What has the slot of this tab: it may be shown, wait until it can be, or not know yet whether it has the place. */
	let holder: string | undefined;
	/** What gives the place back to the tabs. */
	let release: (() => void) | undefined;
	let onScreen = false;
	let showing: Showing | undefined;
	let leave: (() => void) | undefined;
	/** Until what is on screen is not any more. */
	let watching = new AbortController();
	let settling = Promise.resolve();

	const page: Page = {
		warn,
		view: face.view,
		track(event, properties) {
			record(face, event, properties);
			if (event === "$lead_submitted") setLead(face, true);
		},
	};
	let taking: ReturnType<typeof place.take> | undefined;
	const take = async () => {
		if (release) return true;
		// Who asks twice would be in their own way.
		taking ??= place.take();
		const given = await taking;
		taking = undefined;
		release ??= given;
		return release !== undefined;
	};
	const giveBack = () => {
		release?.();
		release = undefined;
	};
	const free = () => {
		watching.abort();
		holder = leave = undefined;
		onScreen = false;
		// Who comes next, in whichever tab, knows what became of this one.
		durable(face).then(() => holder || giveBack());
	};
	/** What is left of a decision without the nudges that the collector says are switched off. */
	const withoutKilled = async (decision: Decision) => {
		const off = await new Promise<string[] | undefined>((resolve) => {
			const cancel = clock.wakeAt(clock.now() + patienceMs, () => resolve(undefined));
			switches()
				.then((module) => module?.killed(face))
				.then((list) => {
					cancel();
					resolve(list);
				});
		});
		return off?.length ? heldBack(decision, "killed", (id) => off.includes(id)) : decision;
	};
	/** It was switched off while it was on screen. */
	const watch = async (decision: Decision, id: string) => {
		watching = new AbortController();
		const { signal } = watching;
		(await switches())?.watchKilled(face, id, signal, () => {
			showing?.end();
			leave?.();
			exposures.tell(heldBack(decision, "killed", (each) => each === id));
		});
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
			if (!drawn) {
				onScreen = outcome === "shown";
				if (onScreen) {
					holder = id;
					take();
				} else free();
			}
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
	/** Resolves with what draws, when the page is visible, without a dialog of the host, and the place is this tab's. */
	const turn = async (hasLeft: () => boolean) => {
		const { draw, isClear, clearOfOthers } = await import("./nudge/draw.js");
		while (!hasLeft()) {
			if (!isClear()) {
				// What waits is not in the way of what other tabs can show.
				giveBack();
				await clearOfOthers();
			} else if (release) return draw;
			else if (!(await take())) return;
			// Another tab may have shown it meanwhile.
			else await durable(face);
		}
	};
	const show = async (decision: Decision, id: string) => {
		const nudge = open(id);
		let left = false;
		leave = () => {
			left = true;
			free();
		};
		try {
			// Told before anything is shown (C39).
			await durable(face);
			await arrival();
			if (left) return;
			if (!drawn) {
				// The host's from here on: it has the slot from when it says that it is shown.
				if (allowed(nudge)) emit("nudge", nudge);
				if (!onScreen) free();
				return;
			}
			emit("nudge", nudge);
			const due = clock.now();
			const draw = await turn(() => left);
			// What waited for its turn may have been switched off meanwhile.
			const still = clock.now() - due > freshMs ? await withoutKilled(decision) : decision;
			if (left) return;
			if (!draw) exposures.tell(heldBack(decision, "slot"));
			else if (!still.won) exposures.tell(still);
			leave = draw && still.won && allowed(nudge) ? draw(nudge, page, localeOf(face), free) : undefined;
			if (leave) {
				onScreen = true;
				watch(decision, id);
			} else free();
		} catch (error) {
			if (!left) free();
			warn("nudge_failed", `${nudge.id}: ${error}`);
		}
	};
	/** What won has the place, or has not won. */
	const settle = async (due: Decision) => {
		const couldShow = ({ verdict, by }: Judgement) => verdict === "won" || by === "killed";
		// Who may not see it asks, too: what is told of them must not differ by more.
		const isAsked = due.considered.some((each) => couldShow(each.would ?? each));
		const decision = isAsked ? await withoutKilled(due) : due;
		const { won, considered } = decision;
		// A hidden page waits, and who may not see it does not show it: it is enough that they could have it.
		const asks = considered.some((each) => isWon(each.would ?? each));
		const has = !asks || release || (won && !document.hidden ? await take() : await place.isFree());
		// Whom it was for has left.
		if (due.won && holder !== due.won) return free();
		const told = has ? decision : heldBack(decision, "slot");
		exposures.tell(told);
		emit("decision", told);
		if (told.won) show(decision, told.won);
		else if (due.won) free();
	};
	over.addEventListener("abort", giveBack);
	const until = { signal: over };
	// A page that nobody sees is not in the way, nor does it stay out of the back-forward cache (C09).
	addEventListener("pagehide", giveBack, until);
	document.addEventListener("freeze", giveBack, until);
	const back = async () => {
		if (onScreen && !(await take())) leave?.();
	};
	addEventListener("pageshow", back, until);
	document.addEventListener("resume", back, until);
	return {
		surroundings: () => surroundingsOf(face, holder !== undefined),
		/** Whether any tab has the place. */
		isTaken: async () => holder !== undefined || !(await place.isFree()),
		/** Whom it was for is no longer here: it goes, and nobody has answered it. */
		left() {
			showing?.end();
			(leave ?? free)();
		},
		/** A nudge won the slot: from here on it is taken, as far as this tab knows. */
		claim(id: string) {
			holder ??= id;
		},
		/** Tells what was decided, in turn; what won is shown once it is durable that it was considered. */
		settle(decision: Decision) {
			settling = settling.then(() => settle(decision)).catch((error) => warn("internal", error));
		},
	};
}
