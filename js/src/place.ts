import type { Face } from "./keeper.js";

/** The one place for a nudge that all tabs have together (C33). */
export interface Place {
	/** Takes it; what gives it back, or undefined where another tab has it. */
	take(): Promise<(() => void) | undefined>;
	/** Whether no tab has it. */
	isFree(): Promise<boolean>;
}

export function openPlace(face: Face): Place {
	const name = `${face.name}:slot`;
	const { locks } = navigator;
	if (!locks) {
		// Pages without TLS.
		const leased = () => import("./without-locks.js");
		return {
			take: () => leased().then(({ take }) => take(face, "slot")),
			isFree: () => leased().then(({ isLeased }) => !isLeased(face.local, "slot")),
		};
	}
	return {
		take: () =>
			new Promise((resolve) => {
				const taken = (lock: Lock | null) =>
					lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined);
				// No storage for locks: each tab is alone.
				locks.request(name, { ifAvailable: true }, taken).catch(() => resolve(() => {}));
			}),
		isFree: () =>
			locks.query().then(
				({ held }) => !held?.some((lock) => lock.name === name),
				() => true,
			),
	};
}
