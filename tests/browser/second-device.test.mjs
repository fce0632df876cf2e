// What became of a nudge on one device is known on the next, by what the collector says of the person: outcome by outcome,
// and that somebody is to talk to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { answerOf, hour, signIn, track, withDevices } from "./devices.mjs";
import { banner, decisions, nudge, start } from "./real.mjs";

const { at, anotherDevice } = withDevices();
const policy = { holdout: 0, help_first: false, per_session: 99, gap: "1h", quiet: "1h" };
/** Without a rule for any outcome but one. */
const free = { shown: { at_most: 99 }, dismissed: { rest: "1h" }, snoozed: { rest: "1h" } };
const enter = async (playbook, more) => {
	const page = await at.enter(playbook, more);
	await signIn(page);
	await page.waitForFunction(() => window.ripen.view()?.person === "ada");
	return page;
};
/** Of what was considered on the last occasion: by what each was blocked, or that it was not. */
const considered = async (page, event) => {
	const before = (await decisions(page)).length;
	await track(page, event);
	await page.waitForFunction((before) => window.seen.decisions.length > before, before);
	const { considered } = (await decisions(page)).at(-1);
	return Object.fromEntries(considered.map(({ nudge, by }) => [nudge, by ?? "open"]));
};
/** The answer of the collector is there. */
const answered = (page) =>
	page.waitForFunction((start) => window.ripen.view()?.knownSince < start, start - 24 * hour);
const press = (page, name) => banner(page).getByRole("button", { name }).click();

for (const [outcome, button, rule] of [
	["shown", "Go", { at_most: 1 }],
	["acted", "Go", "stop"],
	["dismissed", "Close", { rest: "30d" }],
	["snoozed", "Later", { rest: "7d" }],
])
	test(`C30 C31 a nudge that was ${outcome} on one device is held back by that limit on the next, and no other is`, async () => {
		const playbook = {
			policy,
			nudges: {
				it: nudge({ on: { event: "due" }, priority: 1, limits: { ...free, [outcome]: rule } }),
				other: nudge({ on: { event: "due" }, limits: free }),
			},
		};
		const first = await enter(playbook);
		assert.deepEqual(await considered(first, "due"), { it: "open", other: "open" });
		await banner(first).waitFor();
		await press(first, button);
		await until("told", async () => (await at.told(first, `$nudge_${outcome}`)).length === 1);
		at.collector.snapshot = await answerOf(first);
		await first.close();
		await anotherDevice();
		// Late enough that only this rule can hold it back.
		const second = await enter(playbook, { clock: start + 2 * 24 * hour });
		await answered(second);
		assert.deepEqual(await considered(second, "due"), { it: `limits.${outcome}`, other: "open" });
		await banner(second).waitFor();
		assert.deepEqual(
			(await at.told(second, "$nudge_shown")).map(({ properties }) => properties.nudge),
			["it", "other"],
		);
		assert.deepEqual(await errorsOf(second), []);
	});

test("C30 an open lead that comes with the snapshot holds back `upgrade` and `talk` on this device; once it is closed, neither", async () => {
	const of = (purpose) => nudge({ purpose, on: { event: "due" } });
	const playbook = { policy, nudges: { help: of("help"), upgrade: of("upgrade"), talk: of("talk") } };
	const first = await enter(playbook);
	await track(first, "here");
	await first.evaluate(() => window.ripen.flush());
	const [open, closed] = [
		await answerOf(first, { lead: true }),
		await answerOf(first, { lead: false, tag: "t2" }),
	];
	await first.close();
	await anotherDevice();
	at.collector.snapshot = open;
	const second = await enter(playbook);
	await answered(second);
	const held = "policy.open_lead";
	assert.deepEqual(await considered(second, "due"), { help: "open", upgrade: held, talk: held });
	await press(second, "Go");
	await banner(second).waitFor({ state: "detached" });
	await second.evaluate(() => window.ripen.flush());
	at.collector.snapshot = closed;
	await second.evaluate((ms) => window.clock.move(ms), 2 * hour);
	await until("asked again", () => at.collector.asked.some(({ known }) => known === "t1"));
	await second.waitForFunction(() => localStorage.getItem("ripen:wk:lead") === null);
	assert.deepEqual(await considered(second, "due"), { help: "open", upgrade: "open", talk: "open" });
	assert.deepEqual(await errorsOf(second), []);
});
