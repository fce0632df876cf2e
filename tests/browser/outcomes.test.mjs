import assert from "node:assert/strict";
import { test } from "node:test";
import { setHidden, until, wasShown } from "./browser.mjs";
import { banner, decided, inChromiumForReal, move, nudge } from "./real.mjs";

const at = inChromiumForReal();
const on = { event: "due" };
const due = (page) => page.evaluate(() => window.ripen.track("due"));
const told = async (page) => {
	await page.evaluate(() => window.ripen.flush());
	const outcomes = at.kept().filter(({ event }) => /^\$nudge_(?!exposed)/.test(event ?? ""));
	return outcomes.map(({ event }) => event.slice("$nudge_".length));
};
async function shown(more, init) {
	const page = await at.enter({ nudges: { it: nudge({ on, ...more }) } }, { person: "ada", ...init });
	await due(page);
	await banner(page).waitFor();
	await wasShown(page);
	return page;
}

test("C31 what nobody answers is ignored after 60 seconds in which it was visible, once", async () => {
	const page = await shown();
	await move(page, 50_000);
	await setHidden(page, true);
	await move(page, 500_000);
	await setHidden(page, false);
	await move(page, 9_999);
	assert.deepEqual(await told(page), ["shown"]);
	await move(page, 1);
	assert.deepEqual(await told(page), ["shown", "ignored"]);
	await move(page, 500_000);
	await setHidden(page, true);
	assert.deepEqual(await told(page), ["shown", "ignored"]);
	await setHidden(page, false);
	await banner(page).getByRole("button", { name: "Close" }).click();
	assert.deepEqual(await told(page), ["shown", "ignored", "dismissed"], "who comes back to it may answer");
});

for (const [button, outcome] of [
	["Close", "dismissed"],
	["Later", "snoozed"],
	["Go", "acted"],
])
	test(`C31 what was ${outcome} is not ignored`, async () => {
		const page = await shown();
		await banner(page).getByRole("button", { name: button }).click();
		await banner(page).waitFor({ state: "detached" });
		await move(page, 500_000);
		assert.deepEqual(await told(page), ["shown", outcome]);
	});

test("C31 when the page goes, what nobody answered was ignored", async () => {
	const page = await shown();
	await page.goto(`${at.origin}/wasm/ripen.js`);
	const next = await at.enter({ nudges: {} }, { person: "ada" });
	await until("told", async () => (await told(next)).includes("ignored"));
	assert.deepEqual(await told(next), ["shown", "ignored"]);
});

test("whose nudge it was is gone: nobody ignored it", async () => {
	const page = await shown();
	await page.evaluate(() => window.ripen.reset());
	await banner(page).waitFor({ state: "detached" });
	await move(page, 500_000);
	assert.deepEqual(await told(page), ["shown"]);
});

test("each outcome has its own limit", async () => {
	const limits = { ignored: { at_most: 1 }, ignore_after: 5 };
	const page = await shown({ limits });
	await move(page, 5_000);
	assert.deepEqual(await told(page), ["shown", "ignored"]);
	await page.reload();
	await page.waitForFunction(() => window.ripen?.view()?.state === "current");
	await due(page);
	await decided(page, 1);
	const [{ considered }] = await page.evaluate(() => window.seen.decisions);
	assert.equal(considered[0].by, "limits.ignored");
});

test("a host that draws reports the same outcomes, and Ripen counts what is ignored", async () => {
	const playbook = { nudges: { it: nudge({ on, limits: { shown: { at_most: 9 } } }) } };
	const page = await at.enter(playbook, { person: "ada", nudges: false });
	const report = (...outcomes) =>
		page.evaluate((outcomes) => {
			for (const outcome of outcomes) window.seen.nudges.at(-1).report(outcome);
		}, outcomes);
	const next = async (count) => {
		await due(page);
		await page.waitForFunction((count) => window.seen.nudges.length === count, count);
	};
	await next(1);
	await report("shown", "shown", "ignored", "ignored", "acted", "dismissed");
	assert.deepEqual(await told(page), ["shown", "ignored", "acted"]);
	await next(2);
	await report("shown");
	await move(page, 60_000);
	assert.deepEqual((await told(page)).slice(3), ["shown", "ignored"]);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
});

test("a goal that is reached is told once, with the variant and the value, and ends it", async () => {
	const goal = { event: "bought", value: "cart.total" };
	const more = { on, goal, limits: { shown: { at_most: 9 } }, variants: [{ id: "one" }] };
	const playbook = { signals: { conversions: { count: "$nudge_converted" } }, nudges: { it: nudge(more) } };
	const one = await at.enter(playbook, { person: "ada" });
	const two = await at.enter(playbook, { person: "ada" });
	await due(one);
	await banner(one).getByRole("button", { name: "Go" }).click();
	await until("known in both tabs", () =>
		two.evaluate(() => window.ripen.flush().then(({ waiting }) => waiting === 0)),
	);
	await one.evaluate(() => window.ripen.track("bought", { cart: { total: 42 } }));
	for (const page of [one, two])
		await page.waitForFunction(() => window.ripen.view()?.signals.conversions === 1);
	const converted = await at.told(one, "$nudge_converted");
	assert.equal(converted.length, 1, "both tabs tell of one event");
	assert.deepEqual(converted[0].properties, { nudge: "it", variant: "one", value: 42 });
	await one.evaluate(() => window.ripen.track("bought", { cart: { total: 1 } }));
	await due(one);
	const [, second] = await decided(one, 2);
	assert.equal(second.won, null);
	assert.equal(
		await one.evaluate(() => window.seen.decisions[1].considered[0].by),
		"limits.converted",
		"once an exposure",
	);
	assert.equal(await one.evaluate(() => window.ripen.view().signals.conversions), 1);
});
