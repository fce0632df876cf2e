// A nudge that is switched off at the collector: in open pages within a minute, and asked about by no idle page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./browser.mjs";
import { banner, decided, inChromiumForReal, minute, move, nudge } from "./real.mjs";

const at = inChromiumForReal();
const due = (page) => page.evaluate(() => window.ripen.track("due"));
const on = { event: "due" };
const asked = () => at.collector.requests.filter(({ path }) => path === "/v1/killed/wk").length;
const told = async (page) =>
	(await at.told(page, "$nudge_exposed")).map(({ properties: { nudge, arm, verdict, by } }) =>
		[nudge, arm, verdict, by].filter(Boolean).join(" "),
	);
const drawn = (page) => page.locator("ripen-nudge").count();
const setHidden = (page, hidden) =>
	page.evaluate((hidden) => {
		Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
		document.dispatchEvent(new Event("visibilitychange"));
	}, hidden);

test("a nudge that was killed is not shown but told, and the next one has its turn from then on", async () => {
	at.collector.killed = ["it"];
	const other = nudge({ on, content: { en: { title: "Another", actions: { go: "Go", later: "L" } } } });
	const page = await at.enter({ nudges: { it: nudge({ on, priority: 1 }), other } });
	await due(page);
	assert.equal((await decided(page, 1))[0].won, null);
	assert.equal(await drawn(page), 0);
	assert.deepEqual(await told(page), ["it shown blocked killed", "other shown outranked"]);
	await due(page);
	await page.getByRole("region", { name: "Another" }).waitFor();
	assert.equal((await decided(page, 2))[1].won, "other");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("a nudge that is revived is shown at the second occasion: at the first the page learns of it", async () => {
	at.collector.killed = ["it"];
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await due(page);
	await decided(page, 1);
	at.collector.killed = [];
	await due(page);
	await decided(page, 2);
	await due(page);
	await banner(page).waitFor();
});

test("C39 who may not see a nudge is told to be blocked by the same: both arms are alike", async () => {
	at.collector.killed = ["seed"];
	const variants = [
		{ id: "none", weight: 0.1, show: false },
		{ id: "plain", weight: 0.9 },
	];
	// GrowthBook's own cases: with the seed "seed", "a" falls at 0.0505 and "b" at 0.2696.
	for (const person of ["a", "b"]) {
		const page = await at.enter({ nudges: { seed: nudge({ on, variants }) } }, { person });
		await due(page);
		await decided(page, 1);
		await page.close();
	}
	const page = await at.enter({ nudges: {} });
	assert.deepEqual((await told(page)).sort(), ["seed nothing blocked killed", "seed shown blocked killed"]);
});

test("what is on screen is gone within a minute of being killed, and nobody has answered it", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await due(page);
	await banner(page).waitFor();
	at.collector.killed = ["it"];
	const before = asked();
	await move(page, 40_000);
	await until("gone", async () => (await drawn(page)) === 0);
	assert.equal(asked(), before + 1);
	await move(page, 10 * minute);
	assert.deepEqual(await told(page), ["it shown won", "it shown blocked killed"]);
	const outcomes = at
		.kept()
		.filter(({ event }) => event?.startsWith("$nudge_") && event !== "$nudge_exposed");
	assert.deepEqual(
		outcomes.map(({ event }) => event),
		["$nudge_shown"],
	);
	assert.equal(asked(), before + 1, "C28 nothing is asked any more");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("C28 an idle page asks nothing, nor does a hidden one, nor one whose nudge was answered", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await move(page, 60 * minute);
	assert.equal(asked(), 0);
	await due(page);
	await banner(page).waitFor();
	assert.equal(asked(), 1);
	await setHidden(page, true);
	await move(page, 60 * minute);
	assert.equal(asked(), 1);
	// At once, since it may have been killed meanwhile.
	await setHidden(page, false);
	await until("asked", () => asked() === 2);
	await banner(page).getByRole("button", { name: "Go" }).click();
	await until("gone", async () => (await drawn(page)) === 0);
	await move(page, 60 * minute);
	assert.equal(asked(), 2);
});

test("where the collector does not answer, the nudge is shown 300 ms later; where it is down, at once", async () => {
	// Neither its answer nor the code that asks.
	at.collector.held = /killed/;
	const page = await at.enter({ nudges: { it: nudge({ on, limits: {} }) } });
	const waits = () => page.evaluate(() => window.clock.pending.some((ms) => ms > 0 && ms <= 300));
	await due(page);
	await until("it waits", waits);
	assert.equal(await drawn(page), 0);
	await move(page, 300);
	await banner(page).waitFor();
	await page.close();
	at.collector.held = undefined;
	at.collector.killed = { not: "a list" };
	const again = await at.enter({ nudges: { it: nudge({ on, limits: {} }) } }, { person: "ben" });
	await due(again);
	await banner(again).waitFor();
});

test("a host that wants nothing of what is published is not asked for anything", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } }, { published: false });
	await due(page);
	await banner(page).waitFor();
	await move(page, 10 * minute);
	assert.equal(asked(), 0);
});
