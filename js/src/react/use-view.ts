import { useMemo, useReducer, useRef, useSyncExternalStore } from "react";
import { same } from "../bound/same.js";
import type { LadderName, StageOf } from "../register.js";
import type { View } from "../types.js";
import { useBeforePaint, useBond } from "./bond.js";

/**
 * How the product sees the person, or what you select of it; undefined while nothing is known. The component renders anew
 * only if that says something else than before: a selector may well make a new object each time.
 *
 * @example
 * const busy = useView((view) => view.segments.includes("power_users"));
 */
export function useView(): View | undefined;
export function useView<Selected>(select: (view: View) => Selected): Selected | undefined;
export function useView(select?: (view: View) => unknown): unknown {
	const { view, started } = useBond("useView");
	/** What was on screen last: what says the same is not another. */
	const shown = useRef<{ value: unknown } | undefined>(undefined);
	const [now, first] = useMemo(() => {
		/** One for each: the server's view and the client's are looked at in turn while a page is hydrated. */
		const selector = () => {
			let seen: { view: View | undefined; value: unknown } | undefined;
			return (view: View | undefined) => {
				if (seen && seen.view === view) return seen.value;
				const fresh = view && (select ? select(view) : view);
				const before = seen ?? shown.current;
				const value = before && select && same(before.value, fresh) ? before.value : fresh;
				seen = { view, value };
				return value;
			};
		};
		const [ofClient, ofServer] = [selector(), selector()];
		return [() => ofClient(view.now()), () => ofServer(view.initial)];
	}, [view, select]);
	const value = useSyncExternalStore(view.watch, now, first);
	useBeforePaint(() => {
		shown.current = { value };
	}, [value]);
	// React subscribes after the first paint; what is known from an earlier visit is to be there before it.
	const [, again] = useReducer((count: number) => count + 1, 0);
	useBeforePaint(() => started.add(() => Object.is(now(), value) || again()), [started, now, value]);
	return value;
}

/** The rung of a ladder that the person is on. */
export function useStage<Ladder extends LadderName>(ladder: Ladder): StageOf<Ladder> | undefined {
	return useView((view) => view.stages[ladder]);
}
