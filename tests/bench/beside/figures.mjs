// Of the trials of one SDK: medians of the rounds. Undefined where not all events arrived: who does less work is no measure.
export function quantile(values, share) {
	const sorted = values.toSorted((one, other) => one - other);
	const place = share * (sorted.length - 1);
	const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
	return low + (high - low) * (place - Math.floor(place));
}
export const median = (values) => quantile(values, 0.5);

const whole = (phase) => phase && phase.arrived === phase.count;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Microseconds of a call. The clock has steps of 5 µs, which end at random places, so that means are right: the median is
 * that of the means of ten calls that follow each other. One in a hundred is longer than `p99`, each call by itself.
 */
function calls(phases) {
	const tens = phases.flatMap(({ times }) =>
		Array.from({ length: Math.floor(times.length / 10) }, (_, n) => mean(times.slice(n * 10, n * 10 + 10))),
	);
	const all = phases.flatMap(({ times }) => times);
	return { median: median(tens.length > 0 ? tens : all) * 1_000, p99: quantile(all, 0.99) * 1_000 };
}

const ofPhase = (trials, name, figure) => {
	const phases = trials.map((trial) => trial[name]);
	return phases.every(whole) ? figure(phases) : undefined;
};
const medianOf = (figure) => (phases) => median(phases.map(figure));
const perEvent = (figure) => medianOf((phase) => figure(phase) / phase.count);

export function figuresOf(trials, stream) {
	const { spaced, burst } = trials[0];
	return {
		bytes: median(trials.map(({ start }) => start.bytes)),
		taken: median(trials.map(({ start }) => start.taken)),
		ready: median(trials.map(({ start }) => start.ready)),
		start: median(trials.map(({ start }) => start.work)),
		spaced: ofPhase(trials, "spaced", calls),
		spacedWork: ofPhase(
			trials,
			"spaced",
			perEvent(({ work }) => work * 1_000),
		),
		burst: ofPhase(trials, "burst", calls),
		burstWork: ofPhase(
			trials,
			"burst",
			medianOf(({ work }) => work),
		),
		burstWorks: trials.map(({ burst }) => (whole(burst) ? burst.work : undefined)),
		longest: ofPhase(trials, "tasks", (phases) => Math.max(...phases.map(({ longest }) => longest))),
		streamLongest: whole(stream) ? stream.longest : undefined,
		wire: ofPhase(
			trials,
			"burst",
			perEvent(({ bytes }) => bytes),
		),
		requests: ofPhase(
			trials,
			"burst",
			perEvent(({ requests }) => requests * 1_000),
		),
		preflights: ofPhase(
			trials,
			"burst",
			perEvent(({ preflights }) => preflights * 1_000),
		),
		heap: whole(stream) ? stream.heap : undefined,
		lost: [
			["spaced out", spaced],
			["in a burst", burst],
			["of a stream", stream],
		]
			.filter(([, phase]) => phase && !whole(phase))
			.map(
				([name, { arrived, count }]) =>
					`${arrived.toLocaleString("en")} of ${count.toLocaleString("en")} ${name}`,
			),
		strange: [...new Set(trials.flatMap(({ strange }) => strange))],
	};
}

/** Of the floors, where nothing is to arrive but what a beacon carries. */
export function floorOf(trials) {
	const of = (name) => trials.map((trial) => trial[name]);
	return {
		spaced: calls(of("spaced")),
		spacedWork: perEvent(({ work }) => work * 1_000)(of("spaced")),
		burst: calls(of("burst")),
		burstWork: medianOf(({ work }) => work)(of("burst")),
	};
}
