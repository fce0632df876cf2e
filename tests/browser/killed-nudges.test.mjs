// A nudge that is switched off at the collector: in open pages within a minute, and asked about by no idle page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setHidden, until } from "./browser.mjs";
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
/** Until it is to be asked again whether what is on screen is switched off: what asks is loaded as it is shown. */
const watched = (page) => page.waitForFunction(() => window.clock.pending.includes(40_000));

const other = (more) =>
	nudge({ on, content: { en: { title: "Another", actions: { go: "Go", later: "L" } } }, ...more });
const another = (page) => page.getByRole("region", { name: "Another" });
/** What the page was told of decisions: the event, what won, and why the first one did not. */
const heard = (page) =>
	page.evaluate(() => window.seen.decisions.map(({ event, won, considered: [{ by }] }) => [event, won, by]));

test("a nudge that was killed is not shown but told, and the next one has its turn at once", async () => {
	at.collector.killed = ["it"];
	const page = await at.enter({ nudges: { it: nudge({ on, priority: 1 }), other: other() } });
	await due(page);
	await another(page).waitFor();
	assert.deepEqual(await heard(page), [["due", "other", "killed"]]);
	assert.deepEqual(await told(page), ["it shown blocked killed", "other shown won"]);
	const why = await page.evaluate(() => window.ripen.explain("nudges.it").then(JSON.stringify));
	assert.match(why, /"id":"killed","holds":false/);
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("C39 given somebody in a holdout, then a killed nudge and the next one are told alike", async () => {
	at.collector.killed = ["it"];
	const page = await at.enter({
		policy: { holdout: 1, help_first: false },
		nudges: { it: nudge({ on, priority: 1 }), other: other() },
	});
	await due(page);
	await decided(page, 1);
	assert.deepEqual(await told(page), ["it global_holdout blocked killed", "other global_holdout won"]);
	assert.equal(await drawn(page), 0);
});

test("the next one is decided by the event that it was about: what it says, and a call", async () => {
	at.collector.killed = ["it", "called"];
	const first = (on) => nudge({ on, priority: 2 });
	const of = (title, on, when) =>
		nudge({
			on,
			...(when && { when }),
			limits: {},
			content: { en: { title, actions: { go: "Go", later: "L" } } },
		});
	const plan = of("Of the plan", on, { "event.properties.plan": "pro" });
	const call = { call: "help" };
	const page = await at.enter({
		nudges: {
			it: first(on),
			unmet: other({ priority: 1, when: { "event.properties.plan": "free" } }),
			plan,
			called: first(call),
			after: of("After the call", call),
		},
	});
	await page.evaluate(() => window.ripen.track("due", { plan: "pro" }));
	const ofThePlan = page.getByRole("region", { name: "Of the plan" });
	await ofThePlan.waitFor();
	await ofThePlan.getByRole("button", { name: "Go" }).click();
	await until("gone", async () => (await drawn(page)) === 0);
	await page.evaluate(() => window.ripen.trigger("help"));
	await page.getByRole("region", { name: "After the call" }).waitFor();
	const decisions = await page.evaluate(() => window.seen.decisions.map(({ call, won }) => [call, won]));
	const won = decisions.filter(([, won]) => won);
	assert.deepEqual(won, [
		[undefined, "plan"],
		["help", "after"],
	]);
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("C24 C34 given somebody who leaves before it is known that theirs was killed, then it is not decided again about the next", async () => {
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.killed = async () => {
		await held;
		return { status: 200, body: '["it"]' };
	};
	const page = await at.enter(
		{ nudges: { it: nudge({ on, priority: 1 }), other: other() } },
		{ person: "ada" },
	);
	await due(page);
	await until("asked", () => asked() === 1);
	await page.evaluate(() => {
		window.ripen.reset();
		window.ripen.identify("bob");
	});
	await page.waitForFunction(() => window.ripen.view()?.person === "bob");
	release();
	// What comes after it, in turn.
	await due(page);
	await another(page).waitFor();
	assert.deepEqual(await heard(page), [["due", "other", "killed"]]);
	assert.deepEqual(await told(page), ["it shown blocked killed", "other shown won"], "of bob alone");
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("a host that draws is told to take away what was killed, and who signs out is no reason to keep it either", async () => {
	for (const end of ["left", "killed"]) {
		at.collector.killed = [];
		const page = await at.enter(
			{ nudges: { it: nudge({ on, limits: {} }) } },
			{ nudges: false, person: end },
		);
		await due(page);
		await page.waitForFunction(() => window.seen.nudges.length === 1);
		await page.evaluate(() => {
			const [it] = window.seen.nudges;
			it.report("shown");
			window.isGone = () => it.signal.aborted;
		});
		assert.equal(await page.evaluate(() => window.isGone()), false);
		if (end === "killed") {
			await page.evaluate(() => window.ripen.flush());
			at.collector.killed = ["it"];
			await watched(page);
			await move(page, 40_000);
		} else await page.evaluate(() => window.ripen.reset());
		await page.waitForFunction(() => window.isGone());
		// Too late.
		await page.evaluate(() => window.seen.nudges[0].report("acted"));
		assert.deepEqual(await at.told(page, "$nudge_acted"), []);
		assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
		await page.close();
	}
});

test("given a host that draws and an answer, then its signal stays as it is", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on, limits: {} }) } }, { nudges: false });
	await due(page);
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => {
		for (const outcome of ["shown", "acted"]) window.seen.nudges[0].report(outcome);
	});
	const before = asked();
	await move(page, 10 * minute);
	assert.equal(await page.evaluate(() => window.seen.nudges[0].signal.aborted), false);
	assert.equal(asked(), before, "C28 nothing is asked any more");
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
		await told(page);
		await page.close();
	}
	const page = await at.enter({ nudges: {} });
	assert.deepEqual((await told(page)).sort(), ["seed nothing blocked killed", "seed shown blocked killed"]);
});

test("what is on screen is gone within a minute of being killed, and nobody has answered it", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await due(page);
	await banner(page).waitFor();
	await watched(page);
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
	await watched(page);
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

test("C35 a dialog of the host's that opens while it is asked whether a nudge was switched off comes first", async () => {
	const page = await at.enter({ nudges: { it: nudge({ on }) } });
	await setHidden(page, true);
	await due(page);
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.flush());
	// What was known is too old to go by.
	await move(page, minute);
	let answer;
	at.collector.killed = () =>
		new Promise((resolve) => {
			answer = () => resolve({ status: 200, body: "[]" });
		});
	await setHidden(page, false);
	await until("asked", () => answer);
	await page.evaluate(() => document.body.appendChild(document.createElement("dialog")).showModal());
	answer();
	await page.waitForFunction(() => window.ripen.health().waiting === 0);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	assert.equal(await drawn(page), 0);
	await page.evaluate(() => document.querySelector("dialog").close());
	await banner(page).waitFor();
	assert.deepEqual(await told(page), ["it shown won"]);
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});
