import type { Nudge, Options } from "../types.js";
import type { Bindable } from "./client.js";
import { openTold } from "./told.js";
import type { Watched } from "./view.js";

/** After these it is not on the host's screen any more. */
const ends = /^(ignored|dismissed|snoozed|acted)$/;
/** So long a component may be away: it moves to another page, which may have to be loaded first. */
const movingMs = 2_000;

/** Whether the host draws it: all of them where it has said so, else those that the playbook leaves to it. */
const isForHost = ({ placement }: Nudge, options: Options | undefined) =>
	options?.nudges === false || placement.kind === "headless";

/** The nudge that is due, if it is one of these; without ids any. */
export type Due = (...ids: string[]) => Watched<Nudge>;

/**
 * The nudge that is due and that the host draws: until it is answered, or is to be taken away. Where nobody watches when
 * it becomes due, it is nobody's: it was about that moment. What is on screen stays due while its component moves; where
 * nobody comes back for it, it was ignored, and another one may come.
 */
export function watchNudge(client: Bindable, options: () => Options | undefined): Due {
	let due: Nudge | undefined;
	let isShown = false;
	let stop: (() => void) | undefined;
	let leaving: ReturnType<typeof setTimeout> | undefined;
	/** Of each who watches, what they would draw. */
	const wanted = new Set<{ ids: readonly string[] }>();

	const dueOf = (ids: readonly string[]) => (due && (!ids.length || ids.includes(due.id)) ? due : undefined);
	/** What is on screen has the one slot that there is. */
	const look = () => {
		clearTimeout(leaving);
		if (!isShown || [...wanted].some(({ ids }) => dueOf(ids))) return;
		leaving = setTimeout(() => due?.report("ignored"), movingMs);
	};
	const put = (next: Nudge | undefined) => {
		due = next;
		isShown = false;
		look();
		told.tell();
		if (!due && !told.any) end();
	};
	const listen = () =>
		client.on("nudge", (nudge) => {
			if (!isForHost(nudge, options())) return;
			const own: Nudge = {
				...nudge,
				report(outcome, properties) {
					nudge.report(outcome, properties);
					if (due !== own) return;
					if (ends.test(outcome)) return put(undefined);
					isShown = true;
					look();
				},
			};
			put(own);
			nudge.signal.addEventListener("abort", () => due === own && put(undefined));
		});
	const end = () => {
		stop?.();
		stop = undefined;
	};
	const told = openTold(() => {
		stop ??= listen();
		return () => {
			// What was only due is over with whom it was for.
			if (!isShown) due = undefined;
			if (!due) end();
		};
	});
	return (...ids) => ({
		now: () => dueOf(ids),
		watch(tell) {
			const own = { ids };
			wanted.add(own);
			const leave = told.add(tell);
			look();
			return () => {
				wanted.delete(own);
				leave();
				look();
			};
		},
	});
}
