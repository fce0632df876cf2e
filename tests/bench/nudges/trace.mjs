// What the main thread does between two marks, by Chromium's own trace: the processor's time of its tasks, so that what
// other programs of the machine take does not show.
const CATEGORIES = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"];

export const begin = (browser, page) => browser.startTracing(page, { categories: CATEGORIES });
export const end = async (browser) => JSON.parse(await browser.stopTracing()).traceEvents;

/** Of a mark, its first event. */
const markOf = (trace, mark) => {
	const found = trace.find(({ cat, name }) => cat.includes("blink.user_timing") && name === mark);
	if (!found) throw new Error(`no mark ${mark} in the trace`);
	return found;
};

/** In ms: all work from one mark to the other, its longest task, and the time on the wall; of a task that has begun before, what follows. */
export function between(trace, from, to) {
	const [{ ts: first, pid, tid }, { ts: last }] = [markOf(trace, from), markOf(trace, to)];
	const ofThread = trace.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X");
	const tasks = ofThread
		.filter(({ name, ts, dur }) => name === "RunTask" && ts + dur > first && ts < last)
		.map(({ ts, dur, tdur = dur }) => {
			const share = (Math.min(ts + dur, last) - Math.max(ts, first)) / (dur || 1);
			return (tdur * share) / 1_000;
		});
	return {
		work: tasks.reduce((sum, ms) => sum + ms, 0),
		// Of a stream there may be more than a call has room for.
		longest: tasks.reduce((longest, ms) => Math.max(longest, ms), 0),
		wall: (last - first) / 1_000,
	};
}
