// Many events in one turn: whose time it takes, and that nothing comes of it but that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf } from "./browser.mjs";
import { inChromiumForReal, settled } from "./real.mjs";

const at = inChromiumForReal();
const playbook = { signals: { steps: { count: "step" } } };
const steps = (page) => page.evaluate(() => window.ripen.view()?.signals.steps);

test("given a thousand events in one turn, then no more than 200 are folded at once, and all are, once", async () => {
	const page = await at.enter(playbook);
	await page.evaluate(() => {
		for (let n = 0; n < 1_000; n++) window.ripen.track("step");
	});
	await page.waitForFunction(() => window.ripen.view()?.signals.steps === 1_000);
	const seen = await page.evaluate(() =>
		window.seen.changes.map(({ view }) => view.signals.steps).filter((count) => count > 0),
	);
	const more = seen.map((count, n) => count - (seen[n - 1] ?? 0));
	assert.ok(more.length >= 5 && Math.max(...more) <= 200, more.join());
	await settled(page);
	assert.equal((await at.told(page, "step")).length, 1_000);
	// From the snapshot that covers them.
	await page.reload();
	await page.waitForFunction(() => window.ripen.view()?.state === "current");
	assert.equal(await steps(page), 1_000);
	assert.deepEqual(await errorsOf(page), []);
});

test("whoever asks is answered as if what was called in this turn had been done at once, and in its order", async () => {
	const page = await at.enter(playbook);
	const { heard, ...told } = await page.evaluate(() => {
		const { ripen } = window;
		const events = [];
		ripen.on("event", ({ event, anonymousId }) => events.push({ event, anonymousId }));
		const before = ripen.health().taken;
		const properties = { n: 1 };
		ripen.track("first", properties);
		properties.n = 2;
		const within = events.length;
		const taken = ripen.health().taken - before;
		ripen.track("second");
		ripen.reset();
		const person = ripen.view()?.person;
		ripen.track("third");
		return new Promise((resolve) =>
			setTimeout(() =>
				resolve({ within, taken, person, last: ripen.health().taken - before, heard: events }),
			),
		);
	});
	assert.deepEqual(
		{ within: told.within, taken: told.taken, last: told.last },
		{ within: 0, taken: 1, last: 3 },
	);
	assert.deepEqual(
		heard.map(({ event }) => event),
		["first", "second", "third"],
	);
	const [first, second, third] = heard.map(({ anonymousId }) => anonymousId);
	assert.equal(first, second);
	assert.notEqual(second, third, "it is another person's");
	assert.notEqual(told.person, second, "nor is the last one's view shown any more");
	const [kept] = await at.told(page, "first");
	assert.equal(kept.properties.n, 1);
});

test("a listener of `event` that tracks and asks does not overtake what was called before it", async () => {
	const page = await at.enter(playbook);
	const heard = await page.evaluate(() => {
		const { ripen } = window;
		const names = [];
		ripen.on("event", ({ event }) => {
			names.push(event);
			if (event !== "first") return;
			ripen.track("of the listener");
			ripen.health();
		});
		for (const name of ["first", "second", "third"]) ripen.track(name);
		return new Promise((resolve) => setTimeout(() => resolve(names)));
	});
	assert.deepEqual(heard, ["first", "second", "third", "of the listener"]);
	assert.deepEqual(await errorsOf(page), []);
});
