// Two tabs of one browser are one person, one queue and one sender.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addTask, closeHint, createProject, goTo, signUp } from "./cairn.mjs";
import { inChromium } from "./chromium.mjs";
import { newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, engineReady, panelShows, readPanel } from "./panel.mjs";
import { foldsAlike, holdsEachEventOnce } from "./promises.mjs";

const visit = inChromium();

test("C15 C33 two tabs show the same stage, nothing is stored twice, and one hint is shown", async (t) => {
	const database = newDatabase(t);
	const collector = await startCollector(t, database);
	const visitor = await visit(t);
	const open = async () => {
		const page = await visitor.context.newPage();
		await page.goto(collector.origin);
		return page;
	};
	// Who has something to send is the one that sends, until all is there: the first tab, as long as nothing is answered.
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	await visitor.context.route("**/v1/batch", (route) => held.then(() => route.continue()));
	const first = await open();
	await signUp(first);
	await engineReady(first);
	const second = await open();
	await engineReady(second);

	await first.bringToFront();
	await createProject(first, "Website");
	await closeHint(first, "Every plan starts with one task");
	for (const title of ["One", "Two", "Three"]) await addTask(first, title);
	const seen = [];
	for (const page of [first, second]) {
		const { signals, stages, segments } = await panelShows(
			page,
			"set_up",
			({ stages, signals }) => stages.journey === "set_up" && signals.tasks === 3,
		);
		seen.push({ signals, stages, segments });
	}
	assert.deepEqual(seen[0], seen[1]);
	assert.equal(visitor.drawn.length, 1, "the hint, in the tab where it was due");

	// What happens in the other tab is seen in this one, though it is the first that sends.
	await second.bringToFront();
	await goTo(second, "Website");
	await addTask(second, "Four");
	await panelShows(first, "the fourth task", ({ signals }) => signals.tasks === 4);
	release();
	const { health } = await allDelivered(second);
	assert.equal(health.delivered, "0", "not sent by the second tab");
	const done = await panelShows(first, "that nothing waits", ({ health }) => health.waiting === "0");
	const taken = [done.health.taken];

	// The tab that sends goes; the other one takes over.
	await first.close();
	await addTask(second, "Five");
	const last = await allDelivered(second);
	taken.push(last.health.taken);
	assert.ok(Number(last.health.delivered) > 0, "sent by the second tab");
	const events = await holdsEachEventOnce(database, visitor, taken);
	await foldsAlike(second, database, events);
	assert.equal((await readPanel(second)).signals.tasks, 5);
	assert.deepEqual(visitor.complaints, []);
});
