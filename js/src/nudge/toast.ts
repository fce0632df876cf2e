import type { Frame } from "./frame.js";

/** Long enough to be read by most; what points at it, or has the focus in it, holds it. */
enum Seconds {
	Least = 3,
	Default = 10,
}

/** It goes by itself, unanswered if nobody has answered it. Time passes only while it is seen and nobody is at it (WCAG 2.2.1). */
export function goesByItself(frame: Frame): void {
	const { nudge, page, root, over } = frame;
	const { clock } = page;
	let left = 1_000 * Math.max(Seconds.Least, Number(nudge.placement.seconds) || Seconds.Default);
	let since: number | undefined;
	let cancel: (() => void) | undefined;
	const count = () => {
		cancel?.();
		const now = clock.now();
		if (since !== undefined) left -= now - since;
		const held =
			!frame.isSeen || document.hidden || root.querySelector(".card:is(:hover, :focus-within), .talk[open]");
		since = held ? undefined : now;
		cancel = held ? undefined : clock.wakeAt(now + left, frame.leave);
	};
	const again = () => queueMicrotask(count);
	for (const name of ["mouseover", "mouseout", "focusin", "focusout", "sight"])
		root.addEventListener(name, again);
	// It does not bubble.
	root.addEventListener("close", count, true);
	document.addEventListener("visibilitychange", count, { signal: over });
	over.addEventListener("abort", () => cancel?.());
	count();
}
