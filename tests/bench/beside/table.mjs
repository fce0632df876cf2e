// From what was measured to the tables, as Markdown.
import { cpus, loadavg } from "node:os";
import { figuresOf, floorOf, median } from "./figures.mjs";
import { goalLines, MIB } from "./goals.mjs";

const none = "–";
const told = (value, digits = 0) =>
	value === undefined
		? none
		: value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const short = (value) => told(value, value < 10 ? 1 : 0);
const pair = (calls) => (calls ? `${short(calls.median)} / ${short(calls.p99)}` : none);
const line = (cells) => `| ${cells.join(" | ")} |`;
const tableOf = (head, rows) =>
	[line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");

const floorTitles = {
	push: "floor: push on an array",
	stringify: "floor: `JSON.stringify`, and push",
	indexeddb: "floor: IndexedDB, a transaction an event",
	beacon: "floor: `sendBeacon`",
};

const loadingHead = [
	"SDK",
	"loaded, KB",
	"takes events after, ms",
	"ready after, ms",
	"work of the start, ms",
];
const loadingRow = (title, { bytes, taken, ready, start }) => [
	title,
	told(bytes / 1024, 1),
	...[taken, ready, start].map((ms) => told(ms)),
];

const trackingHead = [
	"SDK",
	"a call spaced out: median / 99 %, µs",
	"all work of one, µs",
	"a call in a burst: median / 99 %, µs",
	"all work of the burst, ms",
	"longest task of it, ms",
	"body bytes an event",
	"requests (preflights)",
	"heap after the stream, MiB",
	"longest task of it, ms",
];

function trackingRow(title, figures) {
	const { wire, requests, preflights, heap, longest, streamLongest } = figures;
	return [
		title,
		...callsOf(figures),
		told(longest),
		told(wire),
		requests === undefined ? none : `${told(requests)}${preflights ? ` (${told(preflights)})` : ""}`,
		heap === undefined ? none : told(heap / MIB, 2),
		told(streamLongest),
	];
}

const callsOf = ({ spaced, spacedWork, burst, burstWork }) => [
	pair(spaced),
	told(spacedWork),
	pair(burst),
	told(burstWork),
];
const floorRow = (name, trials) => [floorTitles[name], ...callsOf(floorOf(trials)), "", "", "", "", ""];

function showRow(title, trials) {
	const of = (time, what) => told(median(trials.map((trial) => trial[time][what])));
	return [title, of("first", "wall"), of("first", "work"), of("again", "wall"), of("again", "work")];
}

export function table({ sdks, trials, streams, floors, shows, titles, versions }) {
	const figures = Object.fromEntries(sdks.map((sdk) => [sdk, figuresOf(trials[sdk], streams[sdk])]));
	const name = (sdk) => (sdk === "ripen" ? `**${titles[sdk]}**` : titles[sdk]);
	const loading = sdks.map((sdk) => loadingRow(name(sdk), figures[sdk]));
	const tracking = [
		...sdks.map((sdk) => trackingRow(name(sdk), figures[sdk])),
		...Object.entries(floors).map(([floor, trials]) => floorRow(floor, trials)),
	];
	const lost = sdks.flatMap((sdk) => {
		const { lost, strange } = figures[sdk];
		const all = [...(lost.length > 0 ? [`delivered ${lost.join(", ")}`] : []), ...strange];
		return all.length > 0 ? [`${titles[sdk]} ${all.join("; ")}.`] : [];
	});
	const { ripen, ...peers } = figures;
	const showHead = [
		"what shows",
		"first: ms until painted",
		"work, ms",
		"again: ms until painted",
		"work, ms",
	];
	const parts = [tableOf(loadingHead, loading), tableOf(trackingHead, tracking)];
	if (lost.length > 0) parts.push(`No figure where not all events arrived: ${lost.join(" ")}`);
	if (ripen && Object.keys(peers).length > 0) {
		const goalHead = ["goal", "at most", "here", ""];
		const lines = goalLines(ripen, Object.values(peers));
		parts.push([line(goalHead), line(goalHead.map(() => "---")), ...lines].join("\n"));
	}
	parts.push(
		tableOf(
			showHead,
			Object.entries(shows).map(([name, trials]) => showRow(`${titles[name]} ${versions[name]}`, trials)),
		),
	);
	return parts.join("\n\n");
}

/** On what, when, of what and how it was measured. */
export function conditions({ browser, versions, titles, sdks }, rounds, { spaced, burst, stream }) {
	const of = sdks.map((sdk) => `${titles[sdk]} ${versions[sdk]}`).join(", ");
	const date = new Date().toISOString().slice(0, 10);
	const [{ model }] = cpus();
	const load = loadavg()[1].toFixed(0);
	const count = (number) => number.toLocaleString("en");
	return (
		`Measured on ${date} by \`npm run bench:peers -- --write\`: ${cpus().length} × ${model}, load average ${load}; ` +
		`Chromium ${browser}; ${of}. Medians of ${rounds} rounds; ${count(spaced)} events spaced out, a burst of ` +
		`${count(burst)}, and once a stream of ${count(stream)}.`
	);
}
