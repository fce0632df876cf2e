import assert from "node:assert/strict";
import { test } from "node:test";
import { banner, decided, decisions, inChromiumForReal, move, nudge } from "./real.mjs";

const at = inChromiumForReal();
const exposures = async (page) => (await at.told(page, "$nudge_exposed")).map(({ properties }) => properties);
const due = (page) => page.evaluate(() => window.ripen.track("due"));
const on = { event: "due" };
const frames = (page) =>
	page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// GrowthBook's own cases: with the seed "seed", "a" falls at 0.0505 and "b" at 0.2696; with "foo", "ab" falls at 0.2575.
const splits = [
	{ id: "seed", person: "a", variant: "tenth" },
	{ id: "seed", person: "b", variant: "half" },
	{ id: "foo", person: "ab", variant: "half" },
];
for (const { id, person, variant } of splits)
	test(`the variant of ${person} for ${id} is that of GrowthBook, and is what is drawn and told`, async () => {
		const variants = [
			{ id: "tenth", weight: 0.1, content: { en: { title: "tenth", actions: { go: "Go", later: "L" } } } },
			{ id: "half", weight: 0.5, content: { en: { title: "half", actions: { go: "Go", later: "L" } } } },
			{ id: "rest", weight: 0.4 },
		];
		const page = await at.enter({ nudges: { [id]: nudge({ on, variants }) } }, { person });
		await due(page);
		const region = page.getByRole("region", { name: variant });
		await region.getByRole("button", { name: "Close" }).click();
		const told = await at.told(page, "$nudge_shown");
		assert.deepEqual(told[0].properties, { nudge: id, variant });
		assert.deepEqual((await at.told(page, "$nudge_dismissed"))[0].properties.variant, variant);
		assert.equal(await page.evaluate(() => window.seen.nudges[0].variant), variant);
		assert.deepEqual(await exposures(page), [{ nudge: id, variant, arm: "shown", verdict: "won" }]);
	});

test("C39 both arms tell the same: what came of it, or would have, and what blocked it", async () => {
	const variants = [
		{ id: "none", weight: 0.1, show: false },
		{ id: "plain", weight: 0.9 },
	];
	const playbook = {
		signals: { steps: { count: "step" } },
		nudges: {
			seed: nudge({ on, variants, when: { "signals.steps": { $gte: 1 } } }),
			rival: nudge({ on, priority: -1 }),
		},
	};
	const told = {};
	for (const person of ["a", "b"]) {
		const page = await at.enter(playbook, { person, nudges: false });
		await due(page);
		// The slot is free again once the host has been told.
		await page.waitForFunction(() => window.seen.nudges.length === 1);
		await page.evaluate(() => window.ripen.track("step"));
		await due(page);
		await decided(page, 2);
		const before = Object.values(told).flat().length;
		told[person] = (await exposures(page)).slice(before);
		const [, second] = await decisions(page);
		assert.equal(second.won, person === "a" ? "rival" : "seed", "who sees nothing does not take the slot");
		const [found] = second.considered;
		assert.deepEqual(
			[found.verdict, found.by, found.would],
			person === "a" ? ["blocked", "variant", { verdict: "won" }] : ["won", undefined, undefined],
		);
		await page.close();
	}
	const rivals = Object.values(told).map((all) => all.filter(({ nudge }) => nudge === "rival").length);
	assert.deepEqual(rivals, [1, 2], "each is told of each person: to b it was outranked, too");
	const of = (person, id) =>
		told[person].filter(({ nudge }) => nudge === id).map(({ verdict, by }) => [verdict, by]);
	assert.deepEqual(of("a", "seed"), [
		["blocked", "when"],
		["won", undefined],
	]);
	assert.deepEqual(of("b", "seed"), of("a", "seed"));
	const arms = (person) => told[person].filter(({ nudge }) => nudge === "seed").map(({ arm }) => arm);
	assert.deepEqual([arms("a"), arms("b")], [Array(2).fill("nothing"), Array(2).fill("shown")]);
});

test("a holdout of everybody shows nothing, and tells what would have been", async () => {
	const playbook = {
		policy: { holdout: 1, help_first: false },
		nudges: { it: nudge({ on }), mine: nudge({ on, holdout: 1 }) },
	};
	const page = await at.enter(playbook, { person: "ada" });
	await due(page);
	await decided(page, 1);
	const [{ won, considered }] = await decisions(page);
	assert.equal(won, null);
	assert.deepEqual(
		considered.map(({ by }) => by),
		["policy.holdout", "policy.holdout"],
	);
	assert.deepEqual(await exposures(page), [
		{ nudge: "it", arm: "global_holdout", verdict: "won" },
		{ nudge: "mine", arm: "global_holdout", verdict: "outranked" },
	]);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	await page.close();
	const own = await at.enter({ nudges: { mine: nudge({ on, holdout: 1 }) } }, { person: "ada" });
	await due(own);
	await decided(own, 1);
	assert.deepEqual((await exposures(own)).at(-1), { nudge: "mine", arm: "holdout", verdict: "won" });
	assert.equal(await own.locator("ripen-nudge").count(), 0);
});

test("a frequent edge tells each outcome once a session, and that is no activity", async () => {
	const playbook = {
		signals: { all: { count: "*" } },
		nudges: { it: nudge({ on, when: { "signals.all": { $gte: 100 } } }) },
	};
	const page = await at.enter(playbook, { person: "ada", nudges: false });
	for (let i = 0; i < 5; i++) await due(page);
	await decided(page, 5);
	assert.equal((await exposures(page)).length, 1);
	assert.equal(await page.evaluate(() => window.ripen.view().signals.all), 5);
	await page.reload();
	await page.waitForFunction(() => window.ripen?.view()?.state === "current");
	await due(page);
	await decided(page, 1);
	assert.equal((await exposures(page)).length, 1, "the session goes on");
	assert.equal(await page.evaluate(() => window.ripen.view().signals.all), 6);
	await move(page, 31 * 60_000);
	await due(page);
	await decided(page, 2);
	assert.equal((await exposures(page)).length, 2);
});

/** Keeps the transaction of an exposure open while `window.held`. */
const holding = () => {
	window.held = true;
	window.order = [];
	// What is committed cannot be held.
	IDBTransaction.prototype.commit = () => {};
	const { add } = IDBObjectStore.prototype;
	IDBObjectStore.prototype.add = function (value) {
		const request = add.call(this, value);
		if (value.json?.includes("$nudge_exposed")) {
			this.transaction.commit = () => {};
			this.transaction.addEventListener("complete", () => window.order.push("durable"));
			const hold = () => {
				if (window.held) this.get(0).onsuccess = hold;
			};
			hold();
		}
		return request;
	};
	new MutationObserver((records) => {
		for (const { addedNodes } of records)
			for (const { localName } of addedNodes) if (localName === "ripen-nudge") window.order.push("shown");
	}).observe(document, { childList: true, subtree: true });
};

test("C39 what is considered is durable before anything is shown", async () => {
	await at.context.addInitScript(holding);
	const page = await at.enter({ nudges: { it: nudge({ on }) } }, { person: "ada" });
	await due(page);
	await decided(page, 1);
	await frames(page);
	assert.deepEqual(await page.evaluate(() => [window.order, window.seen.nudges]), [[], []]);
	await page.evaluate(() => {
		window.held = false;
	});
	await banner(page).waitFor();
	assert.deepEqual(await page.evaluate(() => window.order), ["durable", "shown"]);
});

test("a store that hangs does not keep a nudge from showing", async () => {
	await at.context.addInitScript(holding);
	// Its timer is of a second, too.
	await at.context.addInitScript(() => delete window.fetchLater);
	const page = await at.enter({ nudges: { it: nudge({ on }) } }, { person: "ada" });
	await due(page);
	await decided(page, 1);
	// One is the patience with the store; the other begins when what draws has been loaded.
	await page.waitForFunction(() => window.clock.pending.filter((ms) => ms === 1_000).length > 1);
	await move(page, 999);
	await frames(page);
	assert.deepEqual(await page.evaluate(() => window.order), []);
	await move(page, 1);
	await banner(page).waitFor();
	assert.deepEqual(await page.evaluate(() => window.order), ["shown"]);
});

test("C32 what is no longer so when it is durable is not shown", async () => {
	await at.context.addInitScript(holding);
	const playbook = { nudges: { it: nudge({ on, when: { "page.title": "Site" } }) } };
	const page = await at.enter(playbook, { person: "ada" });
	await due(page);
	assert.equal((await decided(page, 1))[0].won, "it");
	await page.evaluate(() => {
		// Not for a moment: it would go at once, since its condition is looked at while it is on screen, too.
		window.drew = [];
		new MutationObserver((changes) => {
			for (const { addedNodes } of changes)
				window.drew.push(...[...addedNodes].map((node) => node.localName));
		}).observe(document.body, { childList: true });
		document.title = "Another";
		window.held = false;
	});
	await page.waitForFunction(() => window.order.includes("durable"));
	// From then on it is about to be drawn: it is not, and the place is free again.
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await page.evaluate(() => window.ripen.track("due"));
	await decided(page, 2);
	assert.deepEqual(await page.evaluate(() => window.drew), []);
	await page.evaluate(() => {
		document.title = "Site";
	});
	await due(page);
	await banner(page).waitFor();
});
