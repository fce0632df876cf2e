// C16: a session is one for all tabs, and ends after 30 idle minutes, whatever the page and the clock go through.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, ready } from "./browser.mjs";

const at = inChromium({ backForwardCache: true });
const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const start = Date.parse("2026-03-02T10:20:00Z");

/** A tab whose clock a test moves. */
async function tab() {
	const page = await at.open({ clock: start });
	await ready(page);
	return page;
}
/** Tracks an event; its session. */
const act = (page) =>
	page.evaluate(
		() =>
			new Promise((resolve) => {
				const stop = window.ripen.on("event", ({ event, context }) => {
					if (event !== "act") return;
					stop();
					resolve(context.sessionId);
				});
				window.ripen.track("act");
			}),
	);
/** localStorage takes its time from process to process. */
const hears = (page, session) =>
	page.waitForFunction((id) => localStorage.getItem("ripen:wk:session")?.startsWith(id), session);
const pass = (pages, ms) =>
	Promise.all(pages.map((page) => page.evaluate((ms) => window.clock.move(ms), ms)));

test("C16 a tab that was idle for 31 minutes goes on with the session that another has kept", async () => {
	const pages = [await tab(), await tab()];
	const [busy, idle] = pages;
	const session = await act(idle);
	await hears(busy, session);
	for (let minutes = 0; minutes < 31; minutes += 10) {
		await pass(pages, 10 * minute);
		assert.equal(await act(busy), session);
	}
	assert.equal(await act(idle), session);
});

test("C16 when all tabs were idle, there is one new session for all, also if they act at the same instant", async () => {
	await at.context.addInitScript(() => {
		// What another process wrote may not be here yet.
		const { getItem } = Storage.prototype;
		Storage.prototype.getItem = function (key) {
			return (/:session$/.test(key) && window.stale) || getItem.call(this, key);
		};
	});
	const pages = [await tab(), await tab(), await tab()];
	const first = await act(pages[0]);
	const sessions = new Set([first]);
	for (let turn = 0; turn < 3; turn++) {
		await pass(pages, 31 * minute);
		for (const page of pages)
			await page.evaluate(() => {
				window.stale = localStorage.getItem("ripen:wk:session");
			});
		const [one, ...others] = await Promise.all(pages.map(act));
		for (const page of pages)
			await page.evaluate(() => {
				window.stale = undefined;
			});
		assert.ok(!sessions.has(one), "a new one");
		sessions.add(one);
		assert.deepEqual(others, [one, one]);
		for (const page of pages) assert.equal(await act(page), one);
	}
});

test("C16 what a hidden page tracks is activity like any other", async () => {
	const page = await tab();
	const session = await act(page);
	await page.evaluate(() => {
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	await pass([page], 29 * minute);
	assert.equal(await act(page), session);
	await pass([page], 29 * minute);
	assert.equal(await act(page), session);
	await pass([page], 31 * minute);
	assert.notEqual(await act(page), session);
});

test("C10 C16 a return from the back-forward cache goes on with the session, or after 40 minutes begins one", async () => {
	const page = await tab();
	const session = await act(page);
	const away = async (ms) => {
		await at.awayAndBack(page);
		await pass([page], ms);
	};
	await away(10 * minute);
	assert.equal(await act(page), session);
	await away(40 * minute);
	const next = await act(page);
	assert.notEqual(next, session);
	assert.equal(await act(page), next);
});

test("C16 C19 a clock that is set back by years makes one new session, which ends as any does", async () => {
	const page = await tab();
	const before = await act(page);
	await pass([page], -3 * year);
	const session = await act(page);
	assert.notEqual(session, before);
	for (let minutes = 0; minutes < 60; minutes += 20) {
		await pass([page], 20 * minute);
		assert.equal(await act(page), session);
	}
	const other = await at.open({ clock: start - 3 * year + 61 * minute });
	await ready(other);
	assert.equal(await act(other), session, "also of a tab that was not there when it was set");
	assert.equal(await act(page), session);
	await pass([page, other], 31 * minute);
	const next = await act(page);
	assert.notEqual(next, session, "though the time of this page's events stands still");
	assert.equal(await act(other), next);
});

test("C13 C16 without localStorage each tab has a session of its own, which is kept", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(globalThis, "localStorage", {
			get() {
				throw new DOMException("denied", "SecurityError");
			},
		});
	});
	const [one, other] = [await tab(), await tab()];
	const session = await act(one);
	assert.notEqual(await act(other), session);
	await pass([one], 29 * minute);
	assert.equal(await act(one), session);
	await pass([one], 31 * minute);
	assert.notEqual(await act(one), session);
	assert.deepEqual(await errorsOf(one), []);
});

test("a busy page writes its session once a second, not once an event", async () => {
	await at.context.addInitScript(() => {
		window.writes = 0;
		const { setItem } = Storage.prototype;
		Storage.prototype.setItem = function (key, value) {
			if (/:session$/.test(key)) window.writes++;
			return setItem.call(this, key, value);
		};
	});
	const page = await tab();
	const writes = await page.evaluate(async () => {
		const before = window.writes;
		for (let i = 0; i < 300; i++) {
			window.ripen.track("act");
			// Each is made at the end of its turn.
			await undefined;
			window.clock.move(10);
		}
		// Events are made at the end of the turn, or when somebody asks.
		window.ripen.health();
		return window.writes - before;
	});
	assert.ok(writes >= 3 && writes <= 4, `${writes}`);
});
