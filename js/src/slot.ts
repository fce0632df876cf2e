import { durable } from "./durable.js";
import type { Exposures } from "./exposures.js";
import { heldBack, wins } from "./judgement.js";
import type { Face } from "./keeper.js";
import type { Runtime } from "./module.js";
import type { Leave } from "./nudge/draw.js";
import type { Words } from "./nudge/words.js";
import { openNudgePage } from "./nudge-page.js";
import { openPlace } from "./place.js";
import { previewed } from "./previewed.js";
import { record } from "./record.js";
import { openShowing, type Showing } from "./showing.js";
import { localeOf, surroundingsOf } from "./surroundings.js";
import type { Decision, Judgement, Nudge } from "./types.js";

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
	/** Decides again; not so where it is not known any more what it was about. */
	again: (due: Decision) => boolean | undefined,
) {
	const { clock, emit, settings, warn } = face;
	/** Another tab has the place, whose user has come back to what they are in the middle of. */
	const place = openPlace(face, () => {
		release = undefined;
		if (onScreen) goAway(true);
	});
	/** What has the slot of this tab: it may be shown, wait until it can be, or not know yet whether it has the place. */
	let holder: string | undefined;
	/** What gives the place back to the tabs. */
	let release: (() => void) | undefined;
	let onScreen = false;
	let showing: Showing | undefined;
	/** Takes away what is drawn. */
	let leave: Leave | undefined;
	/** Looks whether what is on screen may stay. */
	let review: (by?: string) => void;
	/** Until what is on screen is not any more. */
	let watching = new AbortController();
	let settling = Promise.resolve();

	const { page, changed, decisions, keep } = openNudgePage(face);
	const giveBack = () => {
		release?.();
		release = undefined;
	};
	let taking: ReturnType<typeof place.take> | undefined;
	const take = async (force?: boolean) => {
		if (release) return true;
		// Who asks twice would be in their own way.
		taking ??= place.take(force);
		const given = await taking;
		taking = undefined;
		release ??= given;
		// What it was for may have gone meanwhile.
		if (!holder || over.aborted) giveBack();
		return release !== undefined;
	};
	/** What is waited for no more in this turn: of these nudges what they point at has not come. */
	let lacking: string[] = [];
	/** What belongs where nobody is near: it is decided again when somebody is. */
	const far = new Set<string>();
	const surroundings = (isTaken: boolean) => ({
		...surroundingsOf(face, isTaken),
		withoutAnchor: [...lacking, ...far],
	});
	const free = () => {
		watching.abort();
		lacking = [];
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
	/** It goes, and nobody has answered it; unless somebody is in the middle of it, where that matters. Returns whether it stays. */
	const goAway = (mayStay?: boolean) => {
		if ((leave ?? free)(mayStay)) return true;
		showing?.end();
	};
	/** What holds it back, decided again: what was true when it became due may no longer be (C32). */
	const holds = (id: string, isShown = onScreen) => runtime.judge(id, surroundings(isShown), clock.now()).by;
	/** While it is on screen: whether it was switched off, or its moment is over. */
	const watch = async (decision: Decision, id: string) => {
		watching = new AbortController();
		const { signal } = watching;
		review = (by = holds(id)) => {
			// Whoever is in the middle of it may go on, but where the policy itself forbids it.
			if (by && !goAway(!/never|killed/.test(by)))
				exposures.tell(heldBack(decision, by, (each) => each === id));
		};
		(await switches())?.watchKilled(face, id, signal, review);
	};
	const open = async (
		decision: Decision,
		id: string,
	): Promise<{ nudge: Nudge; words: Words; drawn: boolean }> => {
		const { wordsOf } = await import("./nudge/draw.js");
		const { ignoreAfter, ...appearance } = runtime.nudge(id);
		const nudge = appearance as unknown as Nudge;
		const { variant } = nudge;
		const drawn = settings.nudges !== false && nudge.placement.kind !== "headless";
		const words = wordsOf(nudge, localeOf(face), face.view);
		const report = openShowing(clock, Number(ignoreAfter), (outcome, properties) => {
			if (!drawn) {
				if (outcome === "shown") {
					onScreen = true;
					holder = id;
					showing = report;
					take();
					watch(decision, id);
				}
				// Ignored, it is still where the host has put it.
				else if (outcome !== "ignored" && onScreen && showing === report) free();
			}
			try {
				record(face, `$nudge_${outcome}`, { ...properties, nudge: id, variant });
			} catch (error) {
				warn("bad_properties", `${id}: ${error}`);
			}
		});
		showing = report;
		return {
			nudge: {
				...nudge,
				id,
				report(outcome, properties) {
					const isTaken = () => holder && (holder !== id || showing !== report);
					// Too late: by now another one has the slot, or its moment is over.
					if (!drawn && outcome === "shown" && (isTaken() || holds(id, true))) report.end();
					report.report(outcome, properties);
					// Said by the host it has gone from its screen, unanswered.
					if (!drawn && outcome === "ignored" && onScreen && showing === report) free();
				},
				signal: report.signal,
				text: words.text,
				nodes: words.rich,
			},
			words,
			drawn,
		};
	};
	/** Resolves with what draws, when it can, the page is visible, without a dialog of the host, and the place is this tab's; or with what is missing. */
	const turn = async (nudge: Nudge, words: Words, left: AbortSignal, isOff: () => Promise<boolean>) => {
		const { prepare, isClear, clearOfOthers } = await import("./nudge/draw.js");
		while (!left.aborted) {
			// Anew after each wait: what it points at may have gone meanwhile.
			const draw = await prepare(nudge, words, page, left);
			// Before it is looked whether anything is in the way: that may come while the collector is asked.
			if (typeof draw !== "function" || (await isOff())) return draw;
			if (!isClear()) {
				// What waits is not in the way of what other tabs can show.
				giveBack();
				await clearOfOthers(left);
			} else if (release) return draw;
			else if (!(await take())) return;
			// Another tab may have shown it meanwhile.
			else await durable(face);
		}
	};
	const show = async (decision: Decision, id: string) => {
		const leaving = new AbortController();
		const { signal } = leaving;
		leave = () => {
			leaving.abort();
			free();
		};
		try {
			const { nudge, words, drawn } = await open(decision, id);
			// Told before anything is shown (C39).
			await durable(face);
			await arrival();
			if (signal.aborted) return;
			if (!drawn) {
				// The host's from here on: it has the slot from when it says that it is shown.
				if (!holds(id)) emit("nudge", () => [nudge]);
				if (!onScreen) free();
				return;
			}
			emit("nudge", () => [nudge]);
			let asked = clock.now();
			let still = decision;
			const draw = await turn(nudge, words, signal, async () => {
				// What waited for its turn may have been switched off meanwhile.
				if (clock.now() - asked > freshMs) {
					asked = clock.now();
					still = await withoutKilled(decision);
				}
				return !still.won;
			});
			if (signal.aborted) return;
			if (!draw) exposures.tell(heldBack(decision, "slot"));
			else if (!still.won) exposures.tell(still);
			else if (typeof draw === "object" || !holds(id)) {
				const drawn = typeof draw === "object" ? draw : draw(page, free, (showing as Showing).see);
				if (typeof drawn === "object") {
					if (drawn.comes) {
						far.add(id);
						drawn.comes(over).then(() => far.delete(id) && again(decision));
					} else warn("nudge_anchor_missing", id);
					exposures.tell(heldBack(decision, "anchor", (each) => each === id));
					// The next one has its turn (C38).
					lacking.push(id);
					showing?.end();
					holder = leave = undefined;
					if (!again(decision) || !holder) free();
					return;
				}
				// Whoever heard that it is shown may have closed it, or signed out.
				if (signal.aborted) return void drawn();
				leave = drawn;
				if (holder) {
					onScreen = true;
					return void watch(decision, id);
				}
			}
			free();
		} catch (error) {
			if (!signal.aborted) free();
			warn("nudge_failed", `${id}: ${error}`);
		}
	};
	/** What won has the place, or has not won. */
	const settle = async (due: Decision) => {
		if (previewed(face)) {
			// Somebody looks at one nudge: nothing is shown beside it, and nothing of that counts.
			free();
			return keep(due);
		}
		const couldShow = ({ verdict, by }: Judgement) => verdict === "won" || by === "killed";
		// Who may not see it asks, too: what is told of them must not differ by more.
		const isAsked = due.considered.some((each) => couldShow(each.would ?? each));
		const decision = isAsked ? await withoutKilled(due) : due;
		// Whom it was for has left.
		if (due.won && holder !== due.won) return free();
		if (wins(decision) < wins(due)) {
			// By now the engine knows what is switched off, and who comes next.
			if (due.won) holder = undefined;
			if (again(due)) return due.won && !holder ? free() : undefined;
			holder ??= due.won ?? undefined;
		}
		const { won } = decision;
		// A hidden page waits, and who may not see it does not show it: it is enough that they could have it.
		const has = !wins(decision) || release || (won && !document.hidden ? await take() : await place.isFree());
		// Whom it was for has left.
		if (due.won && holder !== due.won) return free();
		const told = has ? decision : heldBack(decision, "slot");
		exposures.tell(told);
		emit("decision", () => [told]);
		keep(told);
		if (told.won) show(decision, told.won);
		else if (due.won) free();
	};
	over.addEventListener("abort", giveBack);
	const until = { signal: over };
	// A page that nobody sees is not in the way, nor does it stay out of the back-forward cache (C09).
	addEventListener("pagehide", giveBack, until);
	document.addEventListener("freeze", giveBack, until);
	const back = async () => {
		// What somebody is in the middle of comes before what nobody has touched: when they come back to it.
		if (onScreen && !document.hidden && !(await take()) && goAway(true)) take(true);
	};
	addEventListener("pageshow", back, until);
	// A tab that was frozen is thawed in the background, perhaps for a moment: nobody sees it yet.
	document.addEventListener("visibilitychange", back, until);
	return {
		page,
		decisions,
		/** Looks whether the moment of what is on screen is over. */
		review: () => onScreen && review(),
		/** The view is another one. */
		changed,
		surroundings: () => surroundings(holder !== undefined),
		/** Whether any tab has the place. */
		isTaken: async () => holder !== undefined || !(await place.isFree()),
		/** Whom it was for is no longer here. */
		left: () => goAway(),
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
