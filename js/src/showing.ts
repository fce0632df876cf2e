import type { Clock, NudgeOutcome, Properties } from "./types.js";

/** One showing of a nudge: what becomes of it, each outcome once, and nothing after an answer (C31). */
export interface Showing {
	report(outcome: NudgeOutcome, properties?: Properties): void;
	/** Whom it was for is no longer here: nothing more becomes of it. */
	end(): void;
}

/** Counts as ignored after so many seconds in which the page was visible, or when the page goes. */
export function openShowing(
	clock: Clock,
	ignoreAfter: number,
	tell: (outcome: NudgeOutcome, properties?: Properties) => void,
): Showing {
	const told = new Set<NudgeOutcome>();
	const watching = new AbortController();
	const { signal } = watching;
	let left = ignoreAfter * 1_000;
	let since: number | undefined;
	let cancel: (() => void) | undefined;
	let over = false;

	const stop = () => {
		watching.abort();
		cancel?.();
	};
	const ignore = () => report("ignored");
	/** Only what is visible can be ignored. */
	const count = () => {
		cancel?.();
		const now = clock.now();
		if (since !== undefined) left -= now - since;
		since = document.hidden ? undefined : now;
		cancel = document.hidden ? undefined : clock.wakeAt(now + left, ignore);
	};
	const report: Showing["report"] = (outcome, properties) => {
		if (over || told.has(outcome)) return;
		told.add(outcome);
		if (outcome !== "shown") stop();
		// Who ignored it may still come back to it.
		over = outcome !== "shown" && outcome !== "ignored";
		tell(outcome, properties);
		if (outcome !== "shown") return;
		document.addEventListener("visibilitychange", count, { signal });
		addEventListener("pagehide", ignore, { signal });
		count();
	};
	return {
		report,
		end() {
			over = true;
			stop();
		},
	};
}
