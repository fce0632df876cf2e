import type { Clock } from "../types.js";

export interface TestClock extends Clock {
	/** Moves on by so many milliseconds; who is due on the way is woken, in order, each at its time. */
	advance(ms: number): void;
}

/** A clock that moves only when told: `init({ clock })`. It begins at `now`, by default on a Monday at ten (UTC). */
export function testClock(now = Date.UTC(2026, 0, 5, 10)): TestClock {
	const waiting = new Set<{ time: number; wake: () => void }>();
	return {
		now: () => now,
		wakeAt(time, wake) {
			const entry = { time, wake };
			waiting.add(entry);
			// As on a real clock, what is due already comes in the next turn.
			if (time <= now) setTimeout(() => waiting.delete(entry) && wake());
			return () => void waiting.delete(entry);
		},
		advance(ms) {
			const end = now + ms;
			for (;;) {
				let next: { time: number; wake: () => void } | undefined;
				for (const each of waiting) if (each.time <= end && !(next && next.time <= each.time)) next = each;
				if (!next) break;
				waiting.delete(next);
				now = Math.max(now, next.time);
				next.wake();
			}
			now = end;
		},
	};
}
