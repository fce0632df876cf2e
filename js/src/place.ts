import type { Face } from "./keeper.js";

/** The one place for a nudge that all tabs have together (C33). */
export interface Place {
	/** Takes it; what gives it back, or undefined where another tab has it. `force`: from that, too. */
	take(force?: boolean): Promise<(() => void) | undefined>;
	/** Whether no tab has it. */
	isFree(): Promise<boolean>;
}

/** `lost` is called where another tab has taken it from this one. */
export function openPlace(face: Face, lost: () => void): Place {
	const name = `${face.name}:slot`;
	const { locks } = navigator;
	if (!locks) {
		// Pages without TLS.
		const leased = () => import("./without-locks.js");
		return {
			take: (force) => leased().then(({ take }) => take(face, "slot", lost, force)),
			isFree: () => leased().then(({ isLeased }) => !isLeased(face.local, "slot")),
		};
	}
	return {
		take: (steal = false) =>
			new Promise((resolve) => {
				const taken = (lock: Lock | null) =>
					lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined);
				locks.request(name, { steal, ifAvailable: !steal }, taken).catch((error) => {
					if (error.name === "AbortError") lost();
					// No storage for locks: each tab is alone.
					else resolve(() => {});
				});
			}),
		isFree: () =>
			locks.query().then(
				({ held }) => !held?.some((lock) => lock.name === name),
				() => true,
			),
	};
}
