// What runs in the page beside an SDK: starts it, tracks, and takes the time of each call.
import { eventOf } from "./events.mjs";
import { floors } from "./floors.mjs";
import { nextTask } from "./next-task.mjs";
import { showing } from "./showing/in-page.mjs";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let track;

/** Milliseconds of each call; all arguments exist before the clock is read. */
function timed(label, from, count) {
	const times = [];
	for (let n = from; n < from + count; n++) {
		const { name, properties } = eventOf(label, n);
		const begin = performance.now();
		track(name, properties);
		times.push(performance.now() - begin);
	}
	return times;
}

window.bench = {
	...showing,
	/** Instead of an SDK. */
	async startFloor(name, endpoint) {
		await floors[name].start?.(endpoint);
		track = (...event) => floors[name].track(...event);
	},
	/** In milliseconds from when the script is asked for: when a first event was taken, and when the SDK says that it is ready. */
	async start(sdk, endpoint) {
		const begin = performance.now();
		const module = await import(`/sdk/${sdk}.js`);
		const started = module.start(endpoint, { unlimited: true });
		track = module.track;
		const { name, properties } = eventOf("first", 0);
		track(name, properties);
		const taken = performance.now() - begin;
		await started;
		return { taken, ready: performance.now() - begin };
	},
	/** Each in a task of its own, with a pause before it, as people click. */
	async spaced(label, count, ms) {
		const times = [];
		for (let n = 0; n < count; n++) {
			await pause(ms);
			times.push(...timed(label, n, 1));
		}
		return times;
	},
	/** All in one task. */
	burst: (label, count) => timed(label, 0, count),
	/** So many a task. */
	async stream(label, count, each) {
		for (let n = 0; n < count; n += each) {
			timed(label, n, Math.min(each, count - n));
			await nextTask();
		}
	},
};
