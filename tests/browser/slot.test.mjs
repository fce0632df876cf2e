// C33: all tabs have one place for a nudge, with Web Locks and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ready, setHidden, until } from "./browser.mjs";
import { banner, decided, decisions, inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal({ backForwardCache: true });
const due = (page) => page.evaluate(() => window.ripen.track("due"));
const on = { event: "due" };
/** Not dismissed, since that would keep all others quiet for a while. */
const act = (page) => banner(page).getByRole("button", { name: "Go" }).click();
const drawn = (page) => page.locator("ripen-nudge").count();
/**
 * Shows it as soon as the place is free. Each event is decided about before the next one comes: a nudge waits until all
 * that was tracked before it is durable, by a clock that stands still for ever if it never is.
 */
const showsIt = async (page) => {
	await until("it won", async () => {
		const { length } = await decisions(page);
		await due(page);
		await decided(page, length + 1);
		return (await decisions(page)).at(-1).won === "it";
	});
	await banner(page).waitFor();
};
/** What was told of what was considered, by all tabs. */
const told = async (page) => {
	// What another tab has told may not be written yet.
	for (const each of at.context.pages()) await each.evaluate(() => window.ripen?.flush());
	return (await at.told(page, "$nudge_exposed")).map(({ properties: { nudge, arm, verdict, by } }) =>
		[nudge, arm, verdict, by].filter(Boolean).join(" "),
	);
};
const withoutLocks = () => Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
/** Waits, before it asks for the place, until the test lets it. */
const holdBack = () => {
	const waiting = new Promise((resolve) => {
		window.letAsk = resolve;
	});
	const { request } = LockManager.prototype;
	LockManager.prototype.request = async function (name, ...rest) {
		if (name.endsWith(":slot")) {
			window.asks = true;
			await waiting;
		}
		return request.call(this, name, ...rest);
	};
};
/** Whether no tab has the place, as the browser says. */
const isFree = () =>
	at.context
		.pages()[0]
		.evaluate(() =>
			navigator.locks.query().then(({ held }) => !held.some(({ name }) => name === "ripen:wk:slot")),
		);
/** Two tabs of one person, of whom something is known. */
async function two(playbook, init) {
	const first = await at.enter(playbook, { person: "ada", ...init });
	return [first, await at.enter(playbook, { person: "ada", ...init })];
}

for (const [kind, prepare] of [
	["locks", () => {}],
	["leases", () => at.context.addInitScript(withoutLocks)],
]) {
	test(`C33 with ${kind}: what is on screen in one tab blocks another, which says so; when it goes, the other may`, async () => {
		await prepare();
		const [one, other] = await two({ nudges: { it: nudge({ on }) } });
		await due(one);
		await banner(one).waitFor();
		await due(other);
		assert.deepEqual((await decided(other, 1))[0].won, null);
		assert.equal(await drawn(other), 0);
		assert.deepEqual((await told(one)).sort(), ["it shown blocked slot", "it shown won"]);
		await act(one);
		await showsIt(other);
		assert.equal(await drawn(one), 0);
	});

	test(`C33 with ${kind}: the place is free again when the tab that has it is gone`, async () => {
		await prepare();
		const [one, other] = await two({ nudges: { it: nudge({ on }) } });
		await due(one);
		await banner(one).waitFor();
		await one.close();
		await showsIt(other);
	});

	test(`C33 with ${kind}: of two tabs that load at once one shows what is shown once, and never the other`, async () => {
		await prepare();
		const playbook = { nudges: { it: nudge({ on: "load", limits: { shown: { at_most: 1 } } }) } };
		const first = await at.enter({ nudges: {} }, { person: "ada" });
		await first.close();
		if (kind === "locks") await at.context.addInitScript(holdBack);
		const pages = await Promise.all([1, 2].map(() => at.enter(playbook)));
		if (kind === "locks")
			for (const page of pages) {
				await page.waitForFunction(() => window.asks);
				await page.evaluate(() => window.letAsk());
			}
		for (const page of pages) await decided(page, 1);
		await until("one shows it", async () => (await Promise.all(pages.map(drawn))).includes(1));
		const winner = (await drawn(pages[0])) ? pages[0] : pages[1];
		const other = pages.find((page) => page !== winner);
		assert.deepEqual((await decided(other, 1))[0].won, null);
		const [blocked, ...won] = (await told(winner)).sort();
		assert.deepEqual(won, ["it shown won"]);
		// Nothing holds them back to one instant without locks: the second may know by then what the first has shown.
		assert.match(
			blocked,
			kind === "locks" ? /^it shown blocked slot$/ : /^it shown blocked (slot|limits\.shown)$/,
		);
		await act(winner);
		await other.reload();
		await ready(other);
		assert.deepEqual((await decided(other, 1))[0].won, null);
		assert.equal(await drawn(other), 0);
		assert.equal((await at.told(other, "$nudge_shown")).length, 1);
	});
}

test("C33 C32 a nudge that waits in a hidden tab is not in the way; when its turn comes, it is decided again", async () => {
	const [hidden, visible] = await two({ nudges: { it: nudge({ on }) } });
	await setHidden(hidden, true);
	await due(hidden);
	assert.equal((await decided(hidden, 1))[0].won, "it");
	await due(visible);
	await banner(visible).waitFor();
	await setHidden(hidden, false);
	await until("refused", async () => (await told(hidden)).includes("it shown blocked slot"));
	assert.equal(await drawn(hidden), 0);
	await act(visible);
	await showsIt(hidden);
});

test("C35 C33 nor is one that waits behind a dialog of the host", async () => {
	const [one, other] = await two({ nudges: { it: nudge({ on }) } });
	await one.evaluate(() => {
		document.body.insertAdjacentHTML("beforeend", "<dialog>Sure?</dialog>");
		document.querySelector("dialog").showModal();
	});
	await due(one);
	await decided(one, 1);
	await one.waitForFunction(() => window.seen.nudges.length === 1);
	await until("given back", isFree);
	await due(other);
	await banner(other).waitFor();
	await one.evaluate(() => document.querySelector("dialog").close());
	await until("refused", async () => (await told(one)).includes("it shown blocked slot"));
	assert.equal(await drawn(one), 0);
});

test("C39 C33 who may not see it is told of as who may: blocked while another tab has the place", async () => {
	// By GrowthBook's own cases, "a" falls in the first tenth, "b" in the second.
	const variants = [
		{ id: "none", weight: 0.1, show: false },
		{ id: "plain", weight: 0.9 },
	];
	const playbook = { nudges: { seed: nudge({ on, variants }), rival: nudge({ on: { event: "rival" } }) } };
	const [one, other] = await two(playbook, { person: "a" });
	await one.evaluate(() => window.ripen.track("rival"));
	await banner(one).waitFor();
	await due(other);
	await decided(other, 1);
	const [found] = await other.evaluate(() => window.seen.decisions[0].considered);
	assert.deepEqual(
		[found.verdict, found.by, found.would],
		["blocked", "variant", { verdict: "blocked", by: "slot" }],
	);
	assert.ok((await told(one)).includes("seed nothing blocked slot"));
});

test("C33 a host that draws has the place between shown and an answer", async () => {
	const [one, other] = await two({ nudges: { it: nudge({ on }) } }, { nudges: false });
	const offered = (page, count) =>
		page.waitForFunction((count) => window.seen.nudges.length === count, count);
	await due(one);
	await offered(one, 1);
	await one.evaluate(() => window.seen.nudges[0].report("shown"));
	await until("taken", async () => !(await isFree()));
	await due(other);
	assert.deepEqual((await decided(other, 1))[0].won, null);
	await one.evaluate(() => window.seen.nudges[0].report("acted"));
	await until("given back", isFree);
	await due(other);
	await offered(other, 1);
});

test("C09 C33 a page with a nudge goes to the back-forward cache, and gives the place back; it has it again on return, or lets go", async () => {
	const [one, other] = await two({ nudges: { it: nudge({ on }) } });
	const away = (work) => at.awayAndBack(one, work);
	await due(one);
	await banner(one).waitFor();
	await away();
	assert.equal(await drawn(one), 1);
	await until("taken again", async () => !(await isFree()));
	await due(other);
	assert.deepEqual((await decided(other, 1))[0].won, null);
	await away(async () => {
		await showsIt(other);
	});
	await until("it is gone", async () => (await drawn(one)) === 0);
	assert.equal(await drawn(other), 1);
});

test("C33 explain knows of the nudge in another tab", async () => {
	const [one, other] = await two({ nudges: { it: nudge({ on }) } });
	await due(one);
	await banner(one).waitFor();
	const reasons = await other.evaluate(() =>
		window.ripen.explain("nudges.it").then((found) => JSON.stringify(found)),
	);
	assert.match(reasons, /"id":"slot","holds":false/);
});

test("C33 one answered in this tab makes room for the next at once", async () => {
	const page = await at.enter(
		{ nudges: { it: nudge({ on }), next: nudge({ on: { event: "next" } }) } },
		{ person: "ada" },
	);
	await due(page);
	await banner(page).waitFor();
	await page.evaluate(() => {
		const buttons = [...document.querySelector("ripen-nudge").shadowRoot.querySelectorAll("button")];
		buttons.find(({ textContent }) => textContent === "Go").click();
		window.ripen.track("next");
	});
	const [, second] = await decided(page, 2);
	assert.equal(second.won, "next");
	await banner(page).waitFor();
});
