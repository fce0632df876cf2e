// What a host says of an event besides: its id and its time, where another product recorded it too; and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium } from "./browser.mjs";

const at = inChromium();

test("C16 given a time that is to come, or long ago, then the page's clock and session go on as they were", async () => {
	const page = await at.open();
	await page.evaluate(() => {
		const { ripen } = window;
		const day = 86_400_000;
		ripen.track("one");
		ripen.track("told", {}, { timestamp: Date.now() + 14 * day });
		ripen.track("told", {}, { timestamp: 1e20 });
		ripen.track("told", {}, { timestamp: Date.now() - 3 * day });
		ripen.track("two");
	});
	await page.evaluate(() => window.ripen.flush());
	const kept = at.collector.kept();
	assert.equal(kept.length, 5);
	assert.equal(new Set(kept.map(({ context }) => context.sessionId)).size, 1);
	const times = kept.map(({ timestamp }) => Date.parse(timestamp));
	assert.ok(Math.max(...times) <= (await page.evaluate(() => Date.now())));
	assert.deepEqual(await page.evaluate(() => window.ripen.health().dropped), {});
	assert.deepEqual(await errorsOf(page), []);
});

test("given an id and a time, then the event has them; what is no time is now, and what else is said is left out", async () => {
	const page = await at.open();
	const before = await page.evaluate(() => {
		const { ripen } = window;
		const before = Date.now();
		ripen.track("known", {}, { messageId: "theirs", timestamp: before - 60_000 });
		ripen.track("dated", {}, { messageId: 7, timestamp: new Date(before - 30_000) });
		for (const timestamp of [Number.NaN, "yesterday", null, undefined]) ripen.track("now", {}, { timestamp });
		ripen.track(
			"more",
			{},
			{ userId: "eve", type: "alias", local: 1, context: { ip: "::1" }, integrations: {} },
		);
		ripen.track("none", {}, null);
		ripen.track(
			"hostile",
			{},
			{
				get timestamp() {
					throw new Error("the host's");
				},
			},
		);
		return before;
	});
	await page.evaluate(() => window.ripen.flush());
	const kept = (name) => at.collector.kept().filter(({ event }) => event === name);
	const [known] = kept("known");
	assert.equal(known.messageId, "theirs");
	// Within a page load time does not run backwards: the first of it may be of before.
	assert.equal(Date.parse(known.timestamp), before - 60_000);
	const [dated] = kept("dated");
	assert.deepEqual([dated.messageId, Date.parse(dated.timestamp)], ["7", before - 30_000]);
	assert.equal(kept("now").length, 4);
	for (const { timestamp } of kept("now")) assert.ok(Date.parse(timestamp) >= before);
	const [more] = kept("more");
	assert.deepEqual(
		[more.type, more.userId, more.local, more.integrations, more.context.ip],
		["track", ...Array(4).fill(undefined)],
	);
	assert.equal(kept("none").length, 1);
	assert.deepEqual(await errorsOf(page), []);
});
