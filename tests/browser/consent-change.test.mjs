// What becomes of a page, and of who is known in it, when what was agreed to changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";
import { storedBy } from "./stored.mjs";

const at = inChromium();
const start = 1_800_000_000_000;
const week = 7 * 24 * 3_600_000;
const record = (page, event) =>
	page.evaluate((event) => {
		window.ripen.track(event);
		return window.ripen.flush();
	}, event);
const stored = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("ripen:wk:ids")));
const kept = (name) => at.collector.kept().find(({ event }) => event === name);

test("C43 consent that comes before anything was recorded starts the page, which hears what other tabs say", async () => {
	const page = await at.open({ consent: "pending" });
	// The keeper is there, and knows that nothing may be stored.
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => window.ripen.setConsent("granted"));
	await ready(page);
	const other = await at.open();
	await record(other, "a");
	await other.evaluate(() => window.ripen.setConsent("denied"));
	await until("heard", async () => (await healthOf(page)).consent === "denied");
	await page.evaluate(() => window.ripen.track("too late"));
	assert.deepEqual(await storedBy(page), {});
	assert.deepEqual(await errorsOf(page), []);
});

test("C17 C24 C43 consent at last: known since the first visit; another user gets neither account nor signature of the last", async () => {
	const first = await at.open({ clock: start });
	await first.evaluate(() => {
		window.ripen.identify("ada", {}, { signature: "ada's" });
		window.ripen.group("acme");
	});
	await record(first, "first");
	assert.deepEqual([kept("first").context.groupId, kept("first").context.signature], ["acme", "ada's"]);
	await first.close();

	const visit = async (user, event) => {
		const page = await at.open({ consent: "pending", clock: start + week });
		await page.evaluate((user) => {
			window.ripen.identify(user);
			window.ripen.setConsent("granted");
		}, user);
		await record(page, event);
		const { since } = await stored(page);
		assert.equal(since, start);
		await page.close();
		const { userId, context } = kept(event);
		return [userId, context.groupId, context.signature];
	};
	assert.deepEqual(await visit("ada", "again"), ["ada", "acme", "ada's"]);
	assert.deepEqual(await visit("bob", "by another"), ["bob", undefined, undefined]);
});

test("C43 who declined first, and then wants to be forgotten, is: the collector is asked, from any tab", async () => {
	const [one, other] = [await at.open(), await at.open()];
	await record(one, "a");
	const { anonymousId } = kept("a");
	await one.evaluate(() => window.ripen.setConsent("denied"));
	await until("heard", async () => (await healthOf(other)).consent === "denied");
	for (const page of [one, other]) assert.equal(await page.evaluate(() => window.ripen.forget()), true);
	assert.deepEqual(
		at.collector.erasures.map((erasure) => erasure.anonymousId),
		[anonymousId, anonymousId],
	);
});

test("C12 C43 forget() waits neither for a token that never comes nor for a database that never answers", async () => {
	await at.context.addInitScript(() => {
		window.token = () => new Promise(() => {});
	});
	const page = await at.open({ tokens: ["never"], clock: start });
	await record(page, "a");
	await page.evaluate(() => {
		indexedDB.deleteDatabase = () => ({});
		window.ripen.forget().then((heard) => {
			window.heard = heard;
		});
	});
	// For the token, and then for the browser.
	for (const asked of [1, 1]) {
		await page.waitForFunction(() => window.clock.pending.includes(30_000));
		await page.evaluate(() => window.clock.move(30_000));
		await until("asked", () => at.collector.erasures.length === asked);
	}
	await page.waitForFunction(() => window.heard === true);
	assert.deepEqual(await errorsOf(page), []);
});

test("C13 in a browser that lets the site have no channel, as Firefox does where it may store nothing, all works for as long as the page", async () => {
	await at.context.addInitScript(() => {
		const denied = () => {
			throw new DOMException("denied", "SecurityError");
		};
		Object.defineProperty(globalThis, "BroadcastChannel", {
			value: class {
				constructor() {
					denied();
				}
			},
		});
		Object.defineProperty(globalThis, "localStorage", { get: denied });
		Object.defineProperty(globalThis, "indexedDB", { value: undefined });
	});
	const page = await at.open();
	await ready(page);
	for (const event of ["a", "b"]) await record(page, event);
	assert.deepEqual(
		at.collector.events.map(({ event }) => event),
		["a", "b"],
	);
	const warnings = await page.evaluate(() => window.seen.warnings.map(({ code }) => code));
	assert.equal(warnings.includes("keeper_unavailable"), false);
	assert.deepEqual(await errorsOf(page), []);
});
