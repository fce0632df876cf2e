// Each outcome is durable before the next one can be: wherever a page is killed, none stands there without those before it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./browser.mjs";
import { banner, inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const playbook = { nudges: { it: nudge({ on: { event: "due" } }) } };

/** Keeps the transaction open in which an event of this name is written, for as long as the page lives. */
const holding = (name) => {
	// The browser sends nothing for a page that is gone.
	Object.defineProperty(window, "fetchLater", { value: undefined });
	// What is committed cannot be held.
	IDBTransaction.prototype.commit = () => {};
	const { add } = IDBObjectStore.prototype;
	IDBObjectStore.prototype.add = function (value) {
		const request = add.call(this, value);
		if (value.json?.includes(`"${name}"`)) {
			window.isHeld = true;
			const hold = () => {
				this.get(0).onsuccess = hold;
			};
			hold();
		}
		return request;
	};
};
/** No page is told that it goes. */
async function kill(page) {
	const session = await at.context.newCDPSession(page);
	const crashed = new Promise((resolve) => page.on("crash", resolve));
	session.send("Page.crash").catch(() => {});
	await crashed;
	await page.close();
}
/** What the next page load finds of the nudge in the journal, and sends. */
async function left() {
	at.collector.down = false;
	const page = await at.enter({ nudges: {} }, { person: "ada" });
	await page.evaluate(() => window.ripen.track("after"));
	await until("sent", async () => (await at.told(page, "after")).length === 1);
	const outcomes = at.kept().filter(({ event }) => /^\$nudge_(?!exposed)/.test(event ?? ""));
	return outcomes.map(({ event }) => event.slice("$nudge_".length));
}

for (const [held, expected] of [
	["$nudge_shown", []],
	["$nudge_acted", ["shown"]],
])
	test(`C31 C39 given a page that is killed before ${held} is durable, then ${expected.length} outcomes are left, and none after it`, async () => {
		await at.context.addInitScript(
			`if (!localStorage.getItem("released")) (${holding})(${JSON.stringify(held)})`,
		);
		const page = await at.enter(playbook, { person: "ada" });
		at.collector.down = true;
		await page.evaluate(() => window.ripen.track("due"));
		await banner(page).waitFor();
		if (held === "$nudge_shown") await page.waitForFunction(() => window.isHeld);
		await banner(page).getByRole("button", { name: "Go" }).click();
		await page.locator("ripen-nudge").waitFor({ state: "detached" });
		await page.waitForFunction(() => window.isHeld);
		await page.evaluate(() => localStorage.setItem("released", "1"));
		await kill(page);
		assert.deepEqual(await left(), expected);
	});
