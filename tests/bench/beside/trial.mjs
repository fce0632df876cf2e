// One SDK, one time: a fresh profile, an endpoint of its own, and what each phase cost. No figure of a phase whose events
// did not all arrive: who does less work is no measure.
import { brotliCompressSync } from "node:zlib";
import { openEndpoint } from "../delivery/endpoint.mjs";
import { until } from "../delivery/patience.mjs";
import { between } from "../nudges/trace.mjs";
import { watchThread } from "./thread.mjs";

const gapMs = 20;
/** Who sends nothing for so long will not send the rest. */
const silenceMs = 20_000;
/** So much work in that time is nobody's who still has something to send. */
const idleMs = 200;
const aTask = 100;
/** What the stream has in one piece, before it waits until that has arrived: who holds no more than so much may. */
const aPart = 2_000;
const longest = 180_000;

/** A page with nothing in it yet, and what is asked of it. `label`s are told apart by the endpoint. */
async function openPage(wire, { browser, site, files, userAgent, patience }) {
	const endpoint = await openEndpoint(wire, files);
	const context = await browser.newContext({ userAgent });
	const page = await context.newPage();
	page.setDefaultTimeout(longest * patience);
	site.asked();
	await page.goto(site.origin);
	await page.waitForFunction(() => window.bench && crossOriginIsolated);
	const thread = await watchThread(page);
	const call = (name, ...all) =>
		page.evaluate(([name, ...all]) => window.bench[name](...all), [name, ...all]);
	const arrived = (label, count) => {
		let have = 0;
		for (let n = 0; n < count; n++) if (endpoint.arrivals.has(`${label}-${n}`)) have++;
		return have;
	};
	/**
	 * Waits until all have come, or nothing comes and nobody works at it. Some go on only when something happens: so one
	 * more event does, a few times.
	 */
	const delivered = async (complete) => {
		let reminders = 3;
		const end = performance.now() + longest * patience;
		while (performance.now() < end && !complete()) {
			const [work, sent] = [await thread.work(), endpoint.requests.length];
			await until(silenceMs * patience, () => complete() || endpoint.requests.length > sent);
			if (endpoint.requests.length === sent && (await thread.work()) - work < idleMs) {
				if (reminders-- === 0) return;
				await call("burst", `reminder${reminders}`, 1);
			}
		}
	};
	/** What so many events cost until all have arrived and nothing happens any more. */
	const phase = async (label, count, ...run) => {
		const [from, sent, asked] = [await thread.work(), endpoint.requests.length, endpoint.preflights];
		const [name, ...rest] = run;
		const times = await call(name, label, count, ...rest);
		if (wire.packageName !== null) await delivered(() => arrived(label, count) === count);
		await thread.rests();
		const requests = endpoint.requests.slice(sent);
		return {
			times,
			count,
			arrived: arrived(label, count),
			work: (await thread.work()) - from,
			requests: requests.length,
			preflights: endpoint.preflights - asked,
			bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
		};
	};
	const close = async () => {
		await context.close();
		endpoint.close();
	};
	return { page, endpoint, thread, call, arrived, delivered, phase, close };
}

/** Starts it in a page of its own, and lets it have done what it does at its start. */
async function started(sdk, wire, around) {
	const opened = await openPage(wire, around);
	const { endpoint, thread, call, arrived, delivered } = opened;
	const before = await thread.work();
	const start = await call("start", sdk, endpoint.origin);
	await delivered(() => arrived("first", 1) === 1);
	await thread.rests();
	start.work = (await thread.work()) - before;
	start.arrived = arrived("first", 1);
	start.bytes = compressed([...around.site.asked().values(), ...endpoint.scripts.values()]);
	return { ...opened, start };
}

/** @param around.sizes `{spaced, burst, stream}`: how many events a phase has. */
export async function tryOut(sdk, wire, around) {
	const { browser, sizes } = around;
	const { page, endpoint, phase, close, start } = await started(sdk, wire, around);
	try {
		const spaced = await phase("spaced", sizes.spaced, "spaced", gapMs);
		const burst = await phase("burst", sizes.burst, "burst");
		// Once more, since it costs something to be watched.
		const isWhole = burst.arrived === burst.count;
		const again = () => phase("traced", sizes.burst, "burst");
		const tasks = isWhole && (await traced(browser, page, again));
		return { start, spaced, burst, tasks, strange: endpoint.strange };
	} finally {
		await close();
	}
}

/** What is left of many events in memory when all of them have been delivered. */
export async function tryStream(sdk, wire, around) {
	const { browser, sizes } = around;
	const { page, thread, phase, close } = await started(sdk, wire, around);
	try {
		const before = await thread.heap();
		const stream = await traced(browser, page, async () => {
			const sum = { count: sizes.stream, arrived: 0, work: 0 };
			for (let n = 0; n < sizes.stream && n === sum.arrived; n += aPart) {
				const count = Math.min(aPart, sizes.stream - n);
				const { arrived, work } = await phase(`stream${n}`, count, "stream", aTask);
				sum.arrived += arrived;
				sum.work += work;
			}
			return sum;
		});
		return { ...stream, heap: (await thread.heap()) - before };
	} finally {
		await close();
	}
}

/** What takes whatever comes, and knows of no events. */
const deaf = {
	packageName: null,
	isEvents: () => true,
	decode: () => [],
	accepted: () => ({ body: {} }),
	configured: () => ({ status: 404 }),
};

/** The same events, done with as little as can be. */
export async function tryFloor(name, around) {
	const { endpoint, call, phase, close } = await openPage(deaf, around);
	try {
		await call("startFloor", name, endpoint.origin);
		const spaced = await phase("spaced", around.sizes.spaced, "spaced", gapMs);
		const burst = await phase("burst", around.sizes.burst, "burst");
		return { spaced, burst };
	} finally {
		await close();
	}
}

function compressed(bodies) {
	return bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
}

/** With the longest tasks of the main thread, in milliseconds of the processor, the browser's own bookkeeping included. */
async function traced(browser, page, run) {
	await browser.startTracing(page, {
		categories: ["blink.user_timing", "disabled-by-default-devtools.timeline"],
	});
	await page.evaluate(() => performance.mark("begin"));
	const phase = await run();
	await page.evaluate(() => performance.mark("end"));
	const trace = JSON.parse(await browser.stopTracing()).traceEvents;
	return { ...phase, ...between(trace, "begin", "end") };
}
