/** The collector, or the network, fails; the page stays unless it says otherwise. */
import { pause, until } from "../patience.mjs";

/** Long enough for pauses between tries to double some times. */
const patience = { idle: 30_000, most: 75_000 };

const unavailable = (seconds) => ({
	id: `503-${seconds}s`,
	title: `503 for ${seconds} s, 100 events meanwhile`,
	patience,
	async run(visitor, endpoint) {
		const page = await visitor.openIdle();
		endpoint.fail({ kind: "status", status: 503 });
		const end = pause(seconds * 1_000);
		await visitor.track(page, 50);
		await pause(1_000);
		await visitor.track(page, 50);
		await end;
		endpoint.work();
	},
});

export default [
	unavailable(5),
	unavailable(15),
	{
		id: "offline",
		title: "Offline: 50 events, reload (the site's pages are in a service worker), 50 events, online again",
		patience,
		async run(visitor, endpoint) {
			const page = await visitor.openIdle();
			await visitor.keepPages(page);
			await visitor.offline(true);
			// The browser's switch does not hold back what is sent while a page goes.
			endpoint.fail({ kind: "cut" });
			endpoint.fail({ kind: "cut" }, "config");
			await visitor.track(page, 50);
			await pause(2_000);
			await visitor.reload(page);
			await pause(1_000);
			await visitor.track(page, 50);
			await pause(2_000);
			endpoint.work();
			await visitor.offline(false);
		},
	},
	{
		id: "unreachable",
		title: "The collector's connections are cut: 50 events, reload, 50 events, then it is there again",
		patience,
		async run(visitor, endpoint) {
			const page = await visitor.openIdle();
			endpoint.fail({ kind: "cut" });
			await visitor.track(page, 50);
			await pause(2_000);
			await visitor.reload(page);
			await pause(1_000);
			await visitor.track(page, 50);
			await pause(2_000);
			endpoint.work();
		},
	},
	{
		id: "429",
		title: "429 with `Retry-After: 5` for 5 s, 50 events before and 10 meanwhile",
		patience,
		async run(visitor, endpoint) {
			const page = await visitor.openIdle();
			const before = endpoint.requests.length;
			endpoint.fail({ kind: "status", status: 429, retryAfter: "5" });
			await visitor.track(page, 50);
			await until(15_000, () => endpoint.requests.length > before);
			const start = endpoint.requests[before]?.at ?? performance.now();
			await pause(2_000);
			await visitor.track(page, 10);
			await pause(start + 5_000 - performance.now());
			endpoint.work();
			// What was on its way together with the first cannot have known.
			const during = endpoint.requests.filter(({ at }) => at > start + 1_000 && at < start + 5_000).length;
			return `${during} requests in seconds 2 to 5 of the pause`;
		},
	},
	{
		id: "commit-cut",
		title: "The collector keeps what comes and cuts the connection without an answer, for 3 s; 50 events",
		// All has arrived at once; what matters is what comes after a pause.
		patience: { ...patience, linger: 20_000 },
		async run(visitor, endpoint) {
			const page = await visitor.openIdle();
			const before = endpoint.requests.length;
			endpoint.fail({ kind: "commit" });
			await visitor.track(page, 50);
			await until(15_000, () => endpoint.requests.length > before);
			await pause(3_000);
			endpoint.work();
		},
	},
];
