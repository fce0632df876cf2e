/** A clock that moves only when told. As on a real one, what is due already when it is asked for comes in the next turn. */
export function handClock(start = Date.parse("2026-01-05T10:00:00Z")) {
	const waiting = new Set();
	let now = start;
	return {
		now: () => now,
		wakeAt(time, wake) {
			const entry = { time, wake };
			waiting.add(entry);
			if (time <= now) setTimeout(() => waiting.delete(entry) && wake());
			return () => waiting.delete(entry);
		},
		/** Moves on, waking on the way; a negative step sets the clock back. */
		move(ms) {
			const end = now + ms;
			for (;;) {
				const [next] = [...waiting].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time);
				if (!next) break;
				waiting.delete(next);
				now = Math.max(now, next.time);
				next.wake();
			}
			now = end;
		},
		get pending() {
			return [...waiting].map(({ time }) => time - now);
		},
	};
}
