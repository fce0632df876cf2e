// Who the person is, whatever becomes of the browser's storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const idsOf = (event) =>
	at.collector
		.kept()
		.filter((each) => each.event === event)
		.map(({ anonymousId }) => anonymousId);
const track = (page, event) =>
	page.evaluate((event) => {
		window.ripen.track(event);
		return window.ripen.flush();
	}, event);
/** Before the page's own scripts. */
const withoutLocalStorage = () =>
	at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "localStorage", {
			get() {
				throw new DOMException("denied", "SecurityError");
			},
		});
	});
const withoutIndexedDb = () =>
	at.context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));

test("C20 given a localStorage that was cleared, then the person is the same; the events taken before that is known, too", async () => {
	const page = await at.open();
	await track(page, "before");
	await page.evaluate(() => localStorage.clear());
	// What is taken in the first moment has no store to ask.
	await page.route("**/page.mjs", async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `${await response.text()}\nwindow.ripen.track("early");` });
	});
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await track(page, "after");
	const [before] = idsOf("before");
	assert.deepEqual([...idsOf("early"), ...idsOf("after")], [before, before]);
	assert.equal(
		await page.evaluate(() => JSON.parse(localStorage.getItem("ripen:wk:ids")).anonymousId),
		before,
	);
	await ready(page);
	await page.waitForFunction((person) => window.ripen.view()?.person === person, before);
});

test("C20 given a localStorage that is cleared while the page is open, then the person is the same, and signed out", async () => {
	const page = await at.open();
	await page.evaluate(() => window.ripen.identify("ann"));
	await track(page, "before");
	await page.evaluate(() => localStorage.clear());
	await track(page, "after");
	const [before, after] = ["before", "after"].map((event) =>
		at.collector.kept().find((e) => e.event === event),
	);
	assert.deepEqual([before.userId, after.userId], ["ann", undefined]);
	assert.equal(after.anonymousId, before.anonymousId);
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await track(page, "reloaded");
	assert.deepEqual(idsOf("reloaded"), [before.anonymousId]);
});

test("C20 given a localStorage that is blocked, then the person is the same at each page load, and not said to be ephemeral", async () => {
	await withoutLocalStorage();
	for (let load = 0; load < 3; load++) {
		const page = await at.open();
		await track(page, "seen");
		await page.close();
	}
	assert.equal(idsOf("seen").length, 3);
	assert.equal(new Set(idsOf("seen")).size, 1);
	assert.ok(at.collector.events.every(({ context }) => !("ephemeral" in context)));
});

test("C20 given neither store, then the person is one for as long as the page, and its events say so", async () => {
	await withoutLocalStorage();
	await withoutIndexedDb();
	const page = await at.open();
	await page.evaluate(() => window.ripen.track("first", { note: '"context":{' }));
	await track(page, "second");
	assert.equal((await healthOf(page)).store, "memory");
	assert.deepEqual(
		at.collector.kept().map(({ event, context, properties }) => [event, context.ephemeral, properties?.note]),
		[
			["first", true, '"context":{'],
			["second", true, undefined],
		],
	);
	assert.equal(new Set(at.collector.events.map(({ anonymousId }) => anonymousId)).size, 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("C13 given neither store, then each tab sends its own, and none takes another's for its own", async () => {
	await withoutLocalStorage();
	await withoutIndexedDb();
	const [one, two] = [await at.open(), await at.open()];
	for (const page of [one, two]) await ready(page);
	for (let i = 0; i < 5; i++) await Promise.all([track(one, `one ${i}`), track(two, `two ${i}`)]);
	for (const page of [one, two]) {
		await until("delivered", async () => (await healthOf(page)).waiting === 0);
		assert.equal((await healthOf(page)).delivered, 5);
	}
	assert.equal(new Set(at.collector.events.map(({ event }) => event)).size, 10);
});

test("C24 C20 after reset the ids of before are nobody's any more, whatever is cleared", async () => {
	const page = await at.open();
	await page.evaluate(() => window.ripen.identify("ada"));
	await track(page, "ada's");
	await page.evaluate(() => window.ripen.reset());
	await until("written", async () => {
		const stored = await page.evaluate(
			() =>
				new Promise((resolve) => {
					indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
						const reading = target.result.transaction("state").objectStore("state").get("anonymousId");
						reading.onsuccess = () => {
							target.result.close();
							resolve([reading.result, JSON.parse(localStorage.getItem("ripen:wk:ids")).anonymousId]);
						};
					};
				}),
		);
		return stored[0] && stored[0] === stored[1];
	});
	await page.evaluate(() => localStorage.clear());
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await track(page, "next");
	const [ada] = idsOf("ada's");
	assert.notEqual(idsOf("next")[0], ada);
	assert.equal(at.collector.kept().find(({ event }) => event === "next").userId, undefined);
});

test("C24 given a localStorage that the application clears when somebody signs out, then the user's id does not come back", async () => {
	const page = await at.open();
	await page.evaluate(() => {
		window.ripen.identify("ada");
		window.ripen.group("acme");
	});
	await track(page, "ada's");
	await page.evaluate(() => localStorage.clear());
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	await track(page, "next");
	const { userId, context } = at.collector.kept().find(({ event }) => event === "next");
	assert.deepEqual([userId, context.groupId], [undefined, undefined]);
});
