// Who signs out is gone from this browser, whenever that is, and whichever tab hears of it when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium({ backForwardCache: true });
const record = (page, event) =>
	page.evaluate((event) => {
		window.ripen.track(event);
		return window.ripen.flush();
	}, event);
/** All that the browser has stored, as one text. */
const everything = (page) =>
	page.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const opening = indexedDB.open("ripen:wk");
				opening.onerror = reject;
				opening.onsuccess = () => {
					const database = opening.result;
					const transaction = database.transaction(["events", "state"]);
					const all = ["events", "state"].map((name) => transaction.objectStore(name).getAll());
					transaction.oncomplete = () => {
						database.close();
						const decode = (_, value) =>
							value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
						resolve(JSON.stringify([all.map(({ result }) => result), { ...localStorage }], decode));
					};
				};
			}),
	);
/** A page of Ada, of whom this browser has much. */
async function enter() {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.identify("ada"));
	await record(page, "ada's");
	await page.waitForFunction(() => window.ripen.view()?.person === "ada");
	await until("evaluated, and stored", async () => (await everything(page)).includes('\\"ada\\":{'));
	return page;
}

test("C24 C43 who is signed out at the first moment of a page leaves as little as who is at any other", async () => {
	const page = await enter();
	await page.route("**/page.mjs", async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `${await response.text()}\nripen.reset();` });
	});
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await ready(page);
	await record(page, "anonymous");
	await until("gone", async () => !(await everything(page)).includes("ada"));
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("C24 C43 a page of the back-forward cache whose user signed out in another tab has nothing of them", async () => {
	const page = await enter();
	await page.evaluate(() => window.ripen.flush());
	await at.awayAndBack(page, async () => {
		const other = await at.open();
		await ready(other);
		await other.evaluate(() => {
			window.ripen.reset();
			return window.ripen.flush();
		});
		await until("gone", async () => !(await everything(other)).includes("ada"));
		await other.close();
	});
	await ready(page);
	await record(page, "anonymous");
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 1);
	assert.equal((await everything(page)).includes("ada"), false);
	assert.deepEqual(await errorsOf(page), []);
});

test("C24 whoever shows the view hears at once that its person has signed out, whatever has to be loaded to erase them", async () => {
	at.collector.held = /indexeddb-rare/;
	const page = await enter();
	const heard = await page.evaluate(
		() =>
			new Promise((resolve) => {
				window.ripen.on("health", ({ engine }) => resolve([engine, window.ripen.view()]));
				window.ripen.reset();
			}),
	);
	assert.deepEqual(heard, ["loading", undefined]);
});
