// C15 where Web Locks or BroadcastChannel are missing: pages without TLS, old browsers.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const ids = () => at.collector.events.map(({ messageId }) => messageId);
const lease = (page) => page.evaluate(() => localStorage.getItem("ripen:wk:leader"));
/** Whose lease it is: the page load that the tab's events are of. */
const holder = async (page) => (await lease(page))?.split(" ")[0];
const streamOf = (page) =>
	page.evaluate(
		() =>
			new Promise((resolve) => {
				const stop = window.ripen.on("event", ({ context }) => {
					stop();
					resolve(context.stream);
				});
				window.ripen.track("hello");
			}),
	);
/** Tabs, and which of them leads: while the collector is down, since who has nothing to send does not stand. */
async function tabs(count) {
	const pages = await Promise.all(Array.from({ length: count }, () => at.open()));
	await Promise.all(pages.map(ready));
	at.collector.down = true;
	const streams = await Promise.all(pages.map(streamOf));
	await until("one leads", async () => streams.includes(await holder(pages[0])));
	// Two may lead for a moment, where the browser is slow to tell one of the other.
	await calm(pages[0]);
	const leader = pages[streams.indexOf(await holder(pages[0]))];
	return { leader, others: pages.filter((page) => page !== leader), pages };
}
const say = (page, event) =>
	page.evaluate((event) => {
		window.ripen.track(event);
		return window.ripen.flush();
	}, event);
/** Waits until one tab has renewed the lease twice: the other has looked by then. */
async function calm(page) {
	const seen = [];
	await until("renewed", async () => {
		const now = await lease(page);
		if (seen.at(-1)?.split(" ")[0] !== now?.split(" ")[0]) seen.length = 0;
		if (seen.at(-1) !== now) seen.push(now);
		return seen.length > 2;
	});
}

beforeEach(() =>
	at.context.addInitScript(() => {
		Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
		// The system's clock, as far as a page can tell.
		const { now } = Date;
		window.jump = 0;
		Date.now = () => now() + window.jump;
	}),
);

test("C15 without locks one of two tabs sends, and each event arrives once", async () => {
	const { pages } = await tabs(2);
	at.collector.down = false;
	for (let turn = 0; turn < 5; turn++) for (const page of pages) await say(page, `turn${turn}`);
	for (const page of pages) await until("settled", async () => (await healthOf(page)).waiting === 0);
	assert.equal(ids().length, 12);
	assert.equal(new Set(ids()).size, 12);
	const delivered = await Promise.all(pages.map(async (page) => (await healthOf(page)).delivered));
	assert.equal(delivered[0] + delivered[1], 12);
	for (const page of pages) assert.deepEqual(await errorsOf(page), []);
});

test("C15 without locks, when the tab that sends closes, another takes over at once; when it is killed, within seconds", async () => {
	const { leader, others } = await tabs(3);
	const before = await holder(others[0]);
	await leader.close({ runBeforeUnload: false });
	await until("another leads", async () => ![undefined, before].includes(await holder(others[0])));
	at.collector.down = false;
	await say(others[0], "closed");
	await until("arrived", () => at.collector.events.some(({ event }) => event === "closed"));
	for (const page of others) await until("settled", async () => (await healthOf(page)).waiting === 0);
	at.collector.down = true;
	const streams = await Promise.all(others.map(streamOf));
	await until("one leads", async () => streams.includes(await holder(others[0])));
	const [second, last] = streams[0] === (await holder(others[0])) ? others : others.toReversed();
	const session = await at.context.newCDPSession(second);
	const crashed = new Promise((resolve) => second.on("crash", resolve));
	session.send("Page.crash").catch(() => {});
	await crashed;
	at.collector.down = false;
	const began = Date.now();
	await last.evaluate(() => {
		window.ripen.track("killed");
		window.ripen.flush();
	});
	await until("arrived", () => at.collector.events.some(({ event }) => event === "killed"));
	assert.ok(Date.now() - began < 30_000, `${Date.now() - began} ms`);
	await until("all arrive", () => new Set(ids()).size === 7);
});

for (const [what, jump] of [
	["ahead by a year", 365 * 86_400_000],
	["back by years", -5 * 365 * 86_400_000],
])
	test(`C15 C19 without locks, when the clock is set ${what}, there is one that sends all the same`, async () => {
		const { pages, leader } = await tabs(2);
		for (const page of pages)
			await page.evaluate((jump) => {
				window.jump = jump;
			}, jump);
		for (const page of pages) await say(page, "after");
		await calm(leader);
		const left = Number((await lease(leader)).split(" ")[1]) - (await leader.evaluate(() => Date.now()));
		assert.ok(left > 0 && left <= 5_000, `a lease by the new clock: ${left} ms`);
		at.collector.down = false;
		for (const page of pages) await say(page, "later");
		for (const page of pages) await until("settled", async () => (await healthOf(page)).waiting === 0);
		assert.equal(ids().length, 6, "sent by one only");
		assert.equal(new Set(ids()).size, 6);
	});

test("C13 C15 without locks and localStorage each tab sends, and each event counts once", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "localStorage", {
			get() {
				throw new DOMException("denied", "SecurityError");
			},
		});
	});
	const pages = [await at.open(), await at.open()];
	for (const page of pages) {
		await ready(page);
		await say(page, "one");
	}
	await until("both", () => new Set(ids()).size === 2);
	for (const page of pages) assert.deepEqual(await errorsOf(page), []);
});

test("C15 without BroadcastChannel tabs hear of each other by localStorage, and leave nothing there", async () => {
	await at.context.addInitScript(() => {
		globalThis.BroadcastChannel = undefined;
	});
	const { leader, others, pages } = await tabs(2);
	at.collector.down = false;
	await say(others[0], "told");
	for (const page of pages) {
		await until("known", async () => (await healthOf(page)).waiting === 0);
		await page.waitForFunction(() => window.ripen.view()?.names.includes("told"));
	}
	assert.equal(ids().length, 3);
	assert.equal(await leader.evaluate(() => localStorage.getItem("ripen:wk:news")), null);
});

test("C05 without locks a spill is taken over when it is old enough that nobody living writes it any more", async () => {
	const page = await at.open();
	await ready(page);
	const left = (stream, timestamp) => ({
		type: "track",
		event: stream.slice(0, 4),
		messageId: `${stream}-00000`,
		anonymousId: "ada",
		timestamp,
		context: { stream, sequence: 0, timezoneOffset: 0 },
	});
	await page.evaluate(
		(events) => {
			for (const event of events)
				localStorage.setItem(
					`ripen:wk:spill:${event.context.stream}`,
					JSON.stringify([JSON.stringify(event)]),
				);
		},
		[
			left("dead00000000000000000a", new Date(Date.now() - 60_000)),
			left("live00000000000000000b", new Date(Date.now())),
		],
	);
	const clock = Date.now();
	const next = await Promise.all([1, 2].map(() => at.open({ clock })));
	await until("the old one arrives", () => at.collector.events.some(({ event }) => event === "dead"));
	assert.equal(new Set(ids()).size, 1);
	for (const each of next) await each.evaluate(() => window.clock.move(80_000));
	await until("the other, too", () => at.collector.events.some(({ event }) => event === "live"));
	assert.equal(new Set(ids()).size, 2);
});
