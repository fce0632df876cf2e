// What the main thread does: the processor's time of its tasks, so that what other programs take does not show.
import { pause } from "../delivery/patience.mjs";

/** Below so much of a processor nothing happens any more that anybody has asked for. */
const idleShare = 0.01;
const watchMs = 400;

export async function watchThread(page) {
	const session = await page.context().newCDPSession(page);
	await session.send("Performance.enable", { timeDomain: "threadTicks" });
	const metric = async (name) =>
		(await session.send("Performance.getMetrics")).metrics.find((each) => each.name === name).value;
	/** Milliseconds of the processor since the page began. */
	const work = async () => (await metric("TaskDuration")) * 1_000;
	return {
		work,
		/** Waits until it rests, three times in a row; at most `most` milliseconds. */
		async rests(most = 60_000) {
			const end = performance.now() + most;
			let before = await work();
			for (let quiet = 0; quiet < 3 && performance.now() < end; ) {
				await pause(watchMs);
				const now = await work();
				quiet = now - before < watchMs * idleShare ? quiet + 1 : 0;
				before = now;
			}
		},
		/** Bytes that are in use when all that can be collected is. */
		async heap() {
			for (let n = 0; n < 3; n++) await session.send("HeapProfiler.collectGarbage");
			return (await session.send("Runtime.getHeapUsage")).usedSize;
		},
	};
}
