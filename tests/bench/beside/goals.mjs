// What was wanted, and by how much it is reached or missed, in this run.
import { median } from "./figures.mjs";

export const MIB = 1 << 20;

/** `{what, figure, limit}`, of which the figure is to be at most the limit. */
function goals(ours, peers) {
	const of = (figure) => peers.map((peer) => peer[figure]).filter((value) => value !== undefined);
	const least = (figure) => Math.min(...of(figure));
	const best = peers
		.filter(({ burstWork }) => burstWork !== undefined)
		.toSorted((one, other) => one.burstWork - other.burstWork)[0];
	const us = (value) => `${value.toFixed(1)} µs`;
	const ms = (value) => `${value.toFixed(0)} ms`;
	const mib = (value) => `${(value / MIB).toFixed(2)} MiB`;
	const ratio = (value) => `${value.toFixed(2)} of it`;
	const share = () =>
		median(ours.burstWorks.map((work, round) => work / (best.burstWorks[round] ?? best.burstWork)));
	return [
		["`track()` in a burst, median", ours.burst?.median, 5, us],
		["`track()` in a burst, 99 %", ours.burst?.p99, 50, us],
		["`track()` spaced out, median", ours.spaced?.median, 5, us],
		["`track()` spaced out, 99 %", ours.spaced?.p99, 50, us],
		["all work for a burst, beside the best peer's", best && ours.burstWork && share(), 0.2, ratio],
		["body bytes an event", ours.wire, 60, (value) => value.toFixed(0)],
		["longest task, of a burst", ours.longest, 50, ms],
		["longest task, of a stream", ours.streamLongest, 50, ms],
		["heap after a stream, beside 1.4 MiB", ours.heap, 1.4 * MIB, mib],
		["heap after a stream, beside the smallest peer's", ours.heap, least("heap"), mib],
		["takes events, beside the first peer that does", ours.taken, least("taken"), ms],
		["ready, beside the first peer that is", ours.ready, least("ready"), ms],
	];
}

export function goalLines(ours, peers) {
	return goals(ours, peers)
		.filter(([, figure, limit]) => figure !== undefined && Number.isFinite(limit))
		.map(([what, figure, limit, told]) => {
			const verdict =
				figure <= limit ? "reached" : `**missed**, ${(figure / limit).toFixed(1)} × as much as wanted`;
			return `| ${what} | ${told(limit)} | ${told(figure)} | ${verdict} |`;
		});
}
