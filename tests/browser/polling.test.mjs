// C28: evaluation follows events, and one timer that is set to when anything could change next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf } from "./browser.mjs";
import { inChromiumForReal, minute, nudge, settled } from "./real.mjs";

const at = inChromiumForReal();
const hour = 60 * minute;
const playbook = {
	signals: { week: { days: "*", within: "7d" }, tasks: { count: "task_created" } },
	segments: { busy: { when: { "signals.tasks": { $gte: 2 } } } },
	nudges: {
		idle: nudge({ on: { event: "looked" }, when: { "signals.tasks": { $gte: 100 } } }),
		there: nudge({ on: { element: "#far" }, when: { "page.hash": "#/nowhere" } }),
	},
};
/** Counts what a page that polls would use, where a script of Ripen's asks for it. */
const counting = () => {
	window.counted = { intervals: 0, timeouts: 0, frames: 0, idle: 0 };
	const count = (name, key) => {
		const own = window[name];
		window[name] = (...args) => {
			if (/\/(slim|[a-z-]+-[A-Z0-9]{8})\.js/.test(new Error().stack)) window.counted[key]++;
			return own.apply(window, args);
		};
	};
	count("setInterval", "intervals");
	count("setTimeout", "timeouts");
	count("requestAnimationFrame", "frames");
	count("requestIdleCallback", "idle");
};
/** Counts how often the page's clock wakes anybody while it moves so far. */
const wakings = (page, ms) =>
	page.evaluate((ms) => {
		const { clock } = window;
		let wakings = 0;
		const own = clock.wakeAt;
		const counted = (wake) => () => {
			wakings++;
			wake();
		};
		clock.wakeAt = (time, wake) => own.call(clock, time, counted(wake));
		const before = clock.pending.length;
		for (let moved = 0; moved < ms; moved += 1_000) clock.move(1_000);
		clock.wakeAt = own;
		return { wakings, before, after: clock.pending.length };
	}, ms);

test("C28 while nothing happens nothing is asked: no interval, no frame, and no timer but the next change's", async () => {
	await at.context.addInitScript(counting);
	const page = await at.enter(playbook);
	await page.evaluate(() => {
		window.ripen.track("task_created");
		window.ripen.track("task_created");
	});
	await page.waitForFunction(() => window.ripen.view()?.segments.includes("busy"));
	await settled(page);
	const before = await page.evaluate(() => ({ ...window.counted }));
	assert.deepEqual([before.intervals, before.idle], [0, 1], "it is counted: the keeper is asked for once");
	// Half an hour: a page that looks each second would do so 1,800 times.
	const { wakings: often, after } = await wakings(page, 29 * minute);
	assert.ok(often <= 2, `${often} wakings`);
	assert.ok(after <= 4, `${after} timers`);
	assert.deepEqual(await page.evaluate(() => window.counted), before);
	assert.deepEqual(await errorsOf(page), []);
});

test("C28 what time alone changes comes at its time, by the timer, with no event", async () => {
	const page = await at.enter(playbook);
	await page.evaluate(() => window.ripen.track("task_created"));
	await page.waitForFunction(() => window.ripen.view()?.signals.week === 1);
	await settled(page);
	await page.evaluate((ms) => window.clock.move(ms), 9 * 24 * hour);
	await page.waitForFunction(() => !window.ripen.view()?.signals.week);
	assert.deepEqual(await errorsOf(page), []);
});
