import type { Clock, NudgeOutcome, Properties } from "./types.js";

/** One showing of a nudge: what becomes of it, each outcome once, and nothing after an answer (C31). */
export interface Showing {
	report(outcome: NudgeOutcome, properties?: Properties): void;
	/** Whether anybody sees it, where it is drawn by us: it is shown when it is first seen. */
	see(isSeen: boolean): void;
	/** Aborted at the `end`. */
	signal: AbortSignal;
	/** It was switched off, or whom it was for is no longer here: nothing more becomes of it. */
	end(): void;
}

/** Counts as ignored after so many seconds in which it was seen, or when the page goes, unless somebody has begun to do something with it. */
export function openShowing(
	clock: Clock,
	ignoreAfter: number,
	tell: (outcome: NudgeOutcome, properties?: Properties) => void,
): Showing {
	const told = new Set<NudgeOutcome>();
	const watching = new AbortController();
	const ending = new AbortController();
	const { signal } = watching;
	let left = ignoreAfter * 1_000;
	let since: number | undefined;
	let cancel: (() => void) | undefined;
	let over = false;
	let isHidden = false;

	const stop = () => {
		watching.abort();
		cancel?.();
	};
	const ignore = () => report("ignored");
	/** Who does something with it does not ignore it. */
	const heed = ({ target }: Event) => {
		if ((target as Element).localName === "ripen-nudge") stop();
	};
	/** Only what is visible can be ignored. */
	const count = () => {
		cancel?.();
		const now = clock.now();
		if (since !== undefined) left -= now - since;
		since = document.hidden || isHidden ? undefined : now;
		cancel = since === undefined ? undefined : clock.wakeAt(now + left, ignore);
	};
	const report: Showing["report"] = (outcome, properties) => {
		if (over || told.has(outcome) || (outcome === "ignored" && !told.size)) return;
		told.add(outcome);
		if (outcome !== "shown") stop();
		// Who ignored it may still come back to it.
		over = outcome !== "shown" && outcome !== "ignored";
		tell(outcome, properties);
		if (outcome !== "shown") return;
		document.addEventListener("visibilitychange", count, { signal });
		addEventListener("pagehide", ignore, { signal });
		for (const name of ["click", "input"]) addEventListener(name, heed, { signal, capture: true });
		count();
	};
	return {
		report,
		see(isSeen) {
			isHidden = !isSeen;
			if (isSeen) report("shown");
			if (told.size && !signal.aborted) count();
		},
		signal: ending.signal,
		end() {
			over = true;
			stop();
			ending.abort();
		},
	};
}
