/** The page goes, and what was tracked must not go with it. */
import { pause } from "../patience.mjs";

export default [
	{
		id: "early",
		title: "50 events while the page loads, left in the same task",
		async run(visitor) {
			await visitor.openAndLeave(50);
		},
	},
	{
		id: "before-wasm",
		title: "50 events, and what the SDK loads later (wasm; configuration) never comes; left after 2 s",
		async run(visitor, endpoint) {
			endpoint.fail({ kind: "hold" }, "config");
			const page = await visitor.open({ held: 1 });
			await visitor.track(page, 50);
			await pause(2_000);
			await visitor.leave(page);
			endpoint.work();
		},
	},
	{
		id: "no-wasm",
		title: "50 events where the page's policy forbids wasm and `eval`, left after 2 s",
		async run(visitor) {
			const page = await visitor.openIdle({ csp: 1 });
			await visitor.track(page, 50);
			await pause(2_000);
			await visitor.leave(page);
		},
	},
	{
		id: "leave",
		title: "50 events on a page at rest, left in the same task",
		async run(visitor) {
			await visitor.trackAndLeave(await visitor.openIdle(), 50);
		},
	},
	{
		id: "leave-large",
		title: "50 events of 4 KB, left in the same task",
		async run(visitor) {
			await visitor.trackAndLeave(await visitor.openIdle(), 50, 4_000);
		},
	},
	{
		id: "hiding",
		title: "Events tracked by the page's own handlers of `visibilitychange` and `pagehide`, 5 visits",
		async run(visitor) {
			for (let visit = 0; visit < 5; visit++) {
				const page = await visitor.openIdle();
				await visitor.trackWhenHiding(page);
				await visitor.leave(page);
				const ran = await page.evaluate(() => Number(localStorage.getItem("bench:ran")));
				if (ran !== 2 * (visit + 1)) throw new Error(`${ran} handlers ran in ${visit + 1} visits`);
				await page.close();
			}
		},
	},
	{
		id: "back-forward",
		title: "10 events, away, back (from the back-forward cache), 10 events, away",
		async run(visitor) {
			const page = await visitor.openIdle();
			await visitor.track(page, 10);
			await visitor.leave(page);
			await pause(1_000);
			await page.goBack({ waitUntil: "commit" });
			await page.waitForFunction(() => window.bench);
			const restored = await page.evaluate(() => window.restored);
			await visitor.track(page, 10);
			await visitor.leave(page);
			return restored ? undefined : "the page was not kept in the cache";
		},
	},
];
