// A draft: what a test audience gets by its link, and nobody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const title = (name) => ({
	[name]: { purpose: "help", placement: { kind: "banner" }, content: { en: { title: name } }, actions: [] },
});
const published = JSON.stringify({ nudges: title("Published") });
const draft = JSON.stringify({ nudges: title("Draft") });
/** Opens a page of the product at such an address. */
const open = async (query, init = { drafts: true }) => {
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/?${query}&init=${encodeURIComponent(JSON.stringify(init))}`);
	await ready(page);
	return page;
};
const shows = async (page, name) => {
	await page.evaluate((nudge) => window.ripen.track("due", { nudge }), name);
	const region = page.getByRole("region", { name });
	await region.waitFor();
	await region.getByRole("button", { name: "Close" }).click();
};
const passes = () => at.collector.requests.flatMap(({ pass }) => pass ?? []);

test("who opens the link gets the draft, on later pages of this browser too, until a link without a pass", async () => {
	at.collector.playbook = published;
	at.collector.drafts = { secret: draft };
	await shows(await open("ripen_draft=secret"), "Draft");
	await shows(await open("elsewhere"), "Draft");
	await shows(await open("ripen_draft="), "Published");
	await shows(await open("elsewhere"), "Published");
	assert.deepEqual(passes(), ["secret", "secret"]);
});

test("a link that has ended gives what is published, and is forgotten", async () => {
	at.collector.playbook = published;
	await shows(await open("ripen_draft=secret"), "Published");
	await shows(await open("elsewhere"), "Published");
	assert.deepEqual(passes(), ["secret"]);
});

test("a host that does not allow drafts has none, whatever stands in the address", async () => {
	at.collector.playbook = published;
	at.collector.drafts = { secret: draft };
	await shows(await open("ripen_draft=secret", {}), "Published");
	assert.deepEqual(passes(), []);
});

test("what a tester has seen is not what the next page load begins with", async () => {
	at.collector.playbook = published;
	at.collector.drafts = { secret: draft };
	const tester = await open("ripen_draft=secret");
	await shows(tester, "Draft");
	// What is published is stored after that, for the next page load.
	const stored = () =>
		tester.evaluate(
			() =>
				new Promise((resolve) => {
					indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
						const reading = target.result.transaction("state").objectStore("state").get("playbook");
						reading.onsuccess = () => {
							target.result.close();
							resolve(reading.result !== undefined);
						};
					};
				}),
		);
	await until("stored", stored);
	at.collector.down = true;
	await shows(await open("elsewhere"), "Published");
});

test("forget() forgets the link, too", async () => {
	at.collector.playbook = published;
	at.collector.drafts = { secret: draft };
	const page = await open("ripen_draft=secret");
	await page.evaluate(() => window.ripen.forget());
	assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
});
