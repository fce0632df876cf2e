import type { Face } from "./keeper.js";

/** How often is asked while one is on screen: with the 15 s that an answer may be old, none is there a minute after it was killed. */
const everyMs = 40_000;

/** One that does not answer must not keep the next question waiting. */
const patienceMs = 5_000;

/** The nudges that are switched off; none where nobody can say so. What was said last is known to the next decision. */
export async function killed({ local, settings, mayStore }: Face): Promise<string[]> {
	if (settings.published === false || !mayStore()) return [];
	try {
		const url = `${settings.host}/v1/killed/${encodeURIComponent(settings.writeKey)}`;
		const response = await fetch(url, { credentials: "omit", signal: AbortSignal.timeout?.(patienceMs) });
		const list = response.ok && (await response.json());
		if (!Array.isArray(list)) return [];
		local.set("killed", list.join("\n") || undefined);
		return list;
	} catch {
		// Offline, or a backend that knows no such thing.
		return [];
	}
}

/**
 * While one is on screen and the page is visible: whether it has been killed meanwhile. Nothing is asked any more once
 * `over`. `look` is called at each answer: what else may be over by time alone needs no timer of its own.
 */
export function watchKilled(
	face: Face,
	id: string,
	over: AbortSignal,
	look: (by: "killed" | undefined) => void,
): void {
	const { clock } = face;
	let cancel: (() => void) | undefined;
	const wait = () => {
		cancel?.();
		if (!document.hidden && !over.aborted) cancel = clock.wakeAt(clock.now() + everyMs, ask);
	};
	const ask = async () => {
		// Who shows the page again sees nothing that was killed meanwhile.
		const isKilled = !document.hidden && (await killed(face)).includes(id);
		if (!over.aborted) look(isKilled ? "killed" : undefined);
		wait();
	};
	over.addEventListener("abort", () => cancel?.());
	document.addEventListener("visibilitychange", ask, { signal: over });
	wait();
}
