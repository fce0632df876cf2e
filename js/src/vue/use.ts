import {
	getCurrentInstance,
	getCurrentScope,
	onMounted,
	onScopeDispose,
	type Ref,
	type ShallowRef,
	shallowReadonly,
	shallowRef,
} from "vue";
import { same } from "../bound/same.js";
import type { LadderName, NudgeId, StageOf } from "../register.js";
import type { Nudge, View } from "../types.js";
import { useBond } from "./plugin.js";

const onPage = typeof document === "object";

/**
 * A ref of what is watched, until its scope is disposed of. `first` is what a server has rendered, and so what a component
 * that is being hydrated begins with.
 */
function useWatched<Value>(
	watch: (told: () => void) => () => void,
	now: () => Value | undefined,
	first: () => Value | undefined,
): Readonly<Ref<Value | undefined>> {
	// Only what is hydrated has an element before it is rendered.
	const isHydrated = Boolean(getCurrentInstance()?.vnode.el);
	const value: ShallowRef<Value | undefined> = shallowRef(onPage && !isHydrated ? now() : first());
	// A server disposes of nothing.
	if (!onPage) return shallowReadonly(value);
	const look = () => {
		value.value = now();
	};
	const begin = () => {
		if (over) return;
		end = watch(look);
		look();
	};
	let end = () => {};
	let over = false;
	if (isHydrated) onMounted(begin);
	else begin();
	if (getCurrentScope())
		onScopeDispose(() => {
			over = true;
			end();
		});
	return shallowReadonly(value);
}

/**
 * How the product sees the person, or what you select of it; undefined while nothing is known. The ref changes only if that
 * says something else than before: a selector may well make a new object each time.
 *
 * @example
 * const busy = useView((view) => view.segments.includes("power_users"));
 */
export function useView(): Readonly<Ref<View | undefined>>;
export function useView<Selected>(select: (view: View) => Selected): Readonly<Ref<Selected | undefined>>;
export function useView(select?: (view: View) => unknown): Readonly<Ref<unknown>> {
	const { view } = useBond("useView");
	let last: unknown;
	const of = (seen: View | undefined) => {
		const value = seen && (select ? select(seen) : seen);
		if (!select || !same(value, last)) last = value;
		return last;
	};
	return useWatched(
		view.watch,
		() => of(view.now()),
		() => of(view.initial),
	);
}

/** The rung of a ladder that the person is on. */
export function useStage<Ladder extends LadderName>(
	ladder: Ladder,
): Readonly<Ref<StageOf<Ladder> | undefined>> {
	return useView((view) => view.stages[ladder]);
}

/**
 * The nudge that is due and that you draw: one of the placement `headless`, or any with `nudges: false` in the plugin's
 * options; with ids, only if it is one of these. Report that it is shown and what becomes of it, where that happens; then
 * it is due no more. Undefined as well when it is to be taken away.
 *
 * @example
 * const nudge = useNudge("invite_team");
 * watchEffect(() => nudge.value?.report("shown"), { flush: "post" });
 */
export function useNudge(...ids: NudgeId[]): Readonly<Ref<Nudge | undefined>> {
	const { watch, now } = useBond("useNudge").nudge(...ids);
	return useWatched(watch, now, () => undefined);
}
