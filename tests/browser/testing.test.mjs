// `ripen/testing` in a real page, on what is shipped.
import assert from "node:assert/strict";
import { test } from "node:test";
import { playbook } from "./bindings/site.mjs";
import { inChromiumForReal } from "./real.mjs";

const at = inChromiumForReal();
/** A page of its own, that starts nothing. */
const open = async () => {
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/hand-clock.mjs`);
	return page;
};

test("a customer's own playbook is tried: what is tracked is evaluated, decided about and sent when it is settled, and time is moved", async () => {
	const page = await open();
	const seen = await page.evaluate(async (playbook) => {
		const { start } = await import("/testing.js");
		const t = await start({ playbook });
		const names = () => t.events.map(({ event }) => event).filter((event) => event && event[0] !== "$");
		t.client.track("task_created");
		await t.settled();
		const first = [names(), t.nudges.map(({ id }) => id), t.client.view().stages.journey];
		t.nudges[0].report("shown");
		t.nudges[0].report("dismissed");
		t.client.track("task_created");
		await t.settled();
		const second = [
			t.changes.filter(({ kind }) => kind === "stage").map(({ name, to }) => `${name} ${to}`),
			t.decisions.map(({ won, considered }) => won ?? considered[0].by),
			t.events.map(({ event }) => event).filter((event) => /^.nudge_(shown|dismissed)/.test(event)),
		];
		const before = t.client.view().at;
		await t.advance(30 * 24 * 60 * 60 * 1000);
		const days = (t.client.view().at - before) / (24 * 60 * 60 * 1000);
		t.client.track("task_created");
		await t.settled();
		const third = [
			days,
			t.decisions.at(-1).won,
			t.warnings,
			t.events.some(({ properties }) => /settled/.test(properties?.nudge)),
		];
		await t.stop();
		return [first, second, third, Object.keys(localStorage), await indexedDB.databases()];
	}, playbook);
	assert.deepEqual(seen, [
		[["task_created"], ["hint"], "new"],
		[
			["journey new", "journey set_up"],
			["hint", "policy.quiet"],
			["$nudge_shown", "$nudge_dismissed"],
		],
		[30, "hint", [], false],
		[],
		[],
	]);
	assert.equal(at.collector.requests.length, 0, "nothing goes to anybody's collector");
});

test("each start is a Ripen of its own; and one that is given is started once", async () => {
	const page = await open();
	const seen = await page.evaluate(async (playbook) => {
		const { start } = await import("/testing.js");
		const ripen = await import("/index.js");
		const first = await start({ playbook });
		first.client.track("task_created");
		await first.settled();
		await first.stop();
		const second = await start({ playbook, client: ripen });
		const untouched = ripen.view();
		ripen.track("task_created");
		await second.settled();
		const tasks = ripen.view().signals.tasks;
		await second.stop();
		const again = await start({ playbook, client: ripen }).catch(({ message }) => message);
		return [untouched === undefined, tasks, again];
	}, playbook);
	assert.deepEqual(seen.slice(0, 2), [true, 1]);
	assert.match(seen[2], /started before/);
});

test("without a playbook, or with one that is none, it says what is needed", async () => {
	const page = await open();
	const said = await page.evaluate(async () => {
		const { start } = await import("/testing.js");
		const wrong = [undefined, {}, { playbook: "/playbook.ripen" }, { playbook: null }];
		return Promise.all(wrong.map((options) => start(options).catch(({ message }) => message)));
	});
	for (const message of said) assert.match(message, /needs a playbook.*`start\(\{ playbook \}\)`/);
});

test("a playbook with a mistake is refused with its place; and what cannot be sent waits", async () => {
	const page = await open();
	const seen = await page.evaluate(async (playbook) => {
		const { start } = await import("/testing.js");
		const refused = await start({ playbook: { signals: { tasks: { cuont: 1 } } } }).catch(
			({ message }) => message,
		);
		const t = await start({ playbook });
		t.collector.down = true;
		t.client.track("task_created");
		await t.settled();
		const waiting = [t.client.health().waiting > 0, t.events.length, t.nudges.length];
		t.collector.down = false;
		await t.advance(60 * 60 * 1000);
		const { length } = t.events.filter(({ event }) => event === "task_created");
		await t.stop();
		return [refused, waiting, length];
	}, playbook);
	assert.match(seen[0], /signals\.tasks.*\n.*did you mean `count`\?/);
	assert.deepEqual(seen.slice(1), [[true, 0, 1], 1]);
});
