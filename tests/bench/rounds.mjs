/** Interleaved rounds: on a machine that does other things too, only what ran side by side can be compared. */

/** Milliseconds: where it can be had, of the processor's time, so that what others take of it does not show. */
export const now = () => {
	if (!globalThis.process?.cpuUsage) return performance.now();
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
};

/**
 * Runs all cases in turn, round by round. A case is `{name, units, prepare?, work, release?}`: `work` is given what
 * `prepare` made, and does `units` of something. The answer is as the native half's: nanoseconds a unit, by round. The
 * first two rounds warm up, and do not count.
 */
export async function measure(group, cases, rounds) {
	const times = cases.map(() => []);
	for (let round = -2; round < rounds; round++) {
		for (const [index, { units, prepare, work, release }] of cases.entries()) {
			const ready = await prepare?.();
			const begin = now();
			const done = work(ready);
			const took = now() - begin;
			release?.(done, ready);
			if (round >= 0) times[index].push((took * 1e6) / units);
		}
		// A browser must not think that the page hangs.
		await new Promise((resolve) => setTimeout(resolve));
	}
	return { group, cases: cases.map(({ name }, index) => ({ name, times: times[index] })) };
}
