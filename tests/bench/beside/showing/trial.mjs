// From the event, or the call, to what is painted: the first time in a page load, and a second time.
import { openEndpoint } from "../../delivery/endpoint.mjs";
import { watchThread } from "../thread.mjs";

const times = ["first", "again"];

/** By time: `{wall, work}` in milliseconds. */
export async function showOne(name, wire, { browser, site, files, patience }) {
	const endpoint = await openEndpoint(wire, files);
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		page.setDefaultTimeout(60_000 * patience);
		await page.goto(site.origin);
		await page.waitForFunction(() => window.bench);
		const thread = await watchThread(page);
		await page.evaluate(([name, at]) => window.bench.startShowing(name, at), [name, endpoint.origin]);
		const measured = {};
		for (const time of times) {
			await page.waitForFunction(() => window.bench.isReadyToShow());
			await thread.rests();
			const before = await thread.work();
			const wall = await page.evaluate(() => window.bench.show());
			measured[time] = { wall, work: (await thread.work()) - before };
			await page.evaluate(() => window.bench.hide());
		}
		return measured;
	} finally {
		await context.close();
		endpoint.close();
	}
}
