/** One row with one SDK: a fresh profile, an endpoint of its own, and what became of each event. */
import { openEndpoint } from "./endpoint.mjs";
import { quiet } from "./patience.mjs";
import { tally } from "./tally.mjs";
import { Visitor } from "./visitor.mjs";

const longest = 5 * 60_000;

export async function tryOut(row, sdk, { browser, site, wires, files, userAgent, factor }) {
	const endpoint = await openEndpoint(wires[sdk], files);
	const context = await browser.newContext({ userAgent });
	context.setDefaultTimeout(30_000 * factor);
	const visitor = new Visitor({ context, site, endpoint, sdk });
	const { sent } = visitor;
	const run = async () => {
		const note = await row.run(visitor, endpoint);
		await quiet(endpoint, sent, factor, row.patience);
		if (await visitor.leaveAll()) await quiet(endpoint, sent, factor, { idle: 4_000 });
		const first = tally(sent, endpoint.arrivals);
		await visitor.comeBack();
		// Even if all has arrived: something may have been kept, and come again.
		await quiet(endpoint, sent, factor, { idle: 12_000, most: 40_000, linger: 6_000 });
		const result = { ...tally(sent, endpoint.arrivals), firstVisit: first.arrived };
		return { ...result, note, requests: endpoint.requests.length, strange: endpoint.strange };
	};
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error("it took too long")), longest);
	});
	try {
		return await Promise.race([run(), late]);
	} catch (error) {
		return { ...tally(sent, endpoint.arrivals), failed: error.message.split("\n")[0] };
	} finally {
		clearTimeout(timer);
		await context.close();
		endpoint.close();
	}
}
