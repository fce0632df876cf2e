import type { Nudge, Options } from "../types.js";
import type { Bindable } from "./client.js";
import { openTold } from "./told.js";
import type { Watched } from "./view.js";

/** After these nothing more becomes of a nudge. */
const answers = /^(dismissed|snoozed|acted)$/;

/** Whether the host draws it: all of them where it has said so, else those that the playbook leaves to it. */
const isForHost = ({ placement }: Nudge, options: Options | undefined) =>
	options?.nudges === false || placement.kind === "headless";

/**
 * The nudge that is due and that the host draws: until it is answered, or is to be taken away. Where nobody watches when
 * it becomes due, it is nobody's: it was about that moment. What is on screen stays due while its component moves.
 */
export function watchNudge(client: Bindable, options: () => Options | undefined): Watched<Nudge> {
	let due: Nudge | undefined;
	let isShown = false;
	let stop: (() => void) | undefined;

	const put = (next: Nudge | undefined) => {
		due = next;
		isShown = false;
		told.tell();
		if (!due && !told.any) end();
	};
	const listen = () =>
		client.on("nudge", (nudge) => {
			if (!isForHost(nudge, options())) return;
			const own: Nudge = {
				...nudge,
				report(outcome, properties) {
					if (due === own && outcome === "shown") isShown = true;
					nudge.report(outcome, properties);
					if (due === own && answers.test(outcome)) put(undefined);
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
			// What was only due is over with whom it was for; what is on screen has the one slot that there is.
			if (!isShown) due = undefined;
			if (!due) end();
		};
	});
	return { now: () => due, watch: told.add };
}
