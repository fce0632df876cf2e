// What waits for an anchor in vain gives way, as the engine decides then (C38).
import assert from "node:assert/strict";
import { test } from "node:test";
import { until, wasShown } from "./browser.mjs";
import { banner, decided, inChromiumForReal, move, nudge } from "./real.mjs";

const at = inChromiumForReal();
const on = { event: "due" };
const beside = (anchor, more) => nudge({ on, placement: { kind: "tooltip", anchor, wait: 7 }, ...more });

test("C38 C39 where no anchor comes, the next nudge has its turn, and both are told as they were", async () => {
	const page = await at.enter({
		nudges: {
			first: beside("#no", { priority: 2 }),
			second: beside("#never", { priority: 1 }),
			third: nudge({ on }),
		},
	});
	await page.evaluate(() => window.ripen.track("due"));
	for (const count of [1, 2]) {
		await decided(page, count);
		await page.waitForFunction(() => window.clock.pending.includes(7_000));
		await move(page, 7_000);
	}
	await banner(page).waitFor();
	await wasShown(page);
	assert.deepEqual(
		(await decided(page, 3)).map(({ won }) => won),
		["first", "second", "third"],
	);
	const told = await at.told(page, "$nudge_exposed");
	const last = (name) => told.filter(({ properties }) => properties.nudge === name).at(-1).properties;
	assert.deepEqual([last("first").by, last("second").by, last("third").verdict], ["anchor", "anchor", "won"]);
	const shown = await at.told(page, "$nudge_shown");
	assert.deepEqual(
		shown.map(({ properties }) => properties.nudge),
		["third"],
	);
	// Who closes one has a day of quiet; who wants it later has not.
	await page.getByRole("button", { name: "Later" }).click();
	await until("gone", async () => (await page.locator("ripen-nudge").count()) === 0);
	// Another time it may be there.
	await page.evaluate(() => {
		document.body.append(Object.assign(document.createElement("p"), { id: "no", textContent: "Here" }));
		window.ripen.track("due");
	});
	await page.getByRole("dialog", { name: "A hint" }).waitFor();
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
});

test("C33 C39 what belongs far below the fold lets the next nudge have its turn, and has its own when somebody comes near", async () => {
	const page = await at.enter({
		nudges: {
			below: nudge({ on, priority: 2, placement: { kind: "slot", slot: "side" } }),
			seen: nudge({ on }),
		},
	});
	await page.evaluate(() => {
		const room = () => Object.assign(document.createElement("div"), { style: "height: 3000px" });
		const slot = document.createElement("ripen-slot");
		slot.setAttribute("name", "side");
		const within = document.createElement("main");
		within.append(slot);
		document.body.append(room(), within, room());
		window.ripen.track("due");
	});
	await banner(page).waitFor();
	assert.deepEqual(
		(await decided(page, 2)).map(({ won }) => won),
		["below", "seen"],
	);
	const told = await at.told(page, "$nudge_exposed");
	assert.deepEqual(
		told.map(({ properties: { nudge, by } }) => [nudge, by]).filter(([nudge]) => nudge === "below"),
		[
			["below", undefined],
			["below", "anchor"],
		],
	);
	assert.equal(await page.locator("main ripen-nudge").count(), 0);
	await page.getByRole("button", { name: "Later" }).click();
	await until("gone", async () => (await page.locator("ripen-nudge").count()) === 0);
	await page.evaluate(() => document.querySelector("ripen-slot").scrollIntoView());
	await page.locator("main ripen-nudge .card").waitFor();
	assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
});
