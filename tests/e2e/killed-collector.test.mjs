// The collector dies by SIGKILL while events arrive, and comes back on the same database and port.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addTask, closeHint, createProject, signUp } from "./cairn.mjs";
import { batchOf, inChromium, until } from "./chromium.mjs";
import { newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, engineReady, panelShows, pass, readPanel } from "./panel.mjs";
import { foldsAlike, holdsEachEventOnce } from "./promises.mjs";

const visit = inChromium();
const isBatch = (request) => request.url().endsWith("/v1/batch");

async function atWork(t) {
	const database = newDatabase(t);
	const collector = await startCollector(t, database);
	const visitor = await visit(t, { offline: true });
	const page = await visitor.context.newPage();
	await page.goto(collector.origin);
	await signUp(page);
	await engineReady(page);
	await createProject(page, "Website");
	await closeHint(page, "Every plan starts with one task");
	const again = () => startCollector(t, database, collector.port);
	return { database, collector, visitor, page, again };
}

test("killed while batches arrive, six times: what was acknowledged is there, the rest follows", async (t) => {
	const { database, collector, visitor, page, again } = await atWork(t);
	let running = collector;
	let unanswered = 0;
	visitor.context.on("requestfailed", (request) => {
		if (isBatch(request)) unanswered++;
	});
	for (let round = 1; round <= 6; round++) {
		// It has something to lose.
		await allDelivered(page);
		// As soon as the browser has sent it: before, in the midst of or after its commit, as it happens.
		const killed = page.waitForRequest(isBatch).then(() => running.kill());
		for (let n = 1; n <= 4; n++) await addTask(page, `Round ${round}.${n}`);
		await pass(page, "Next hour");
		await killed;
		for (let n = 5; n <= 6; n++) await addTask(page, `Round ${round}.${n}`);
		await panelShows(page, "that the last ones wait", ({ health }) => Number(health.waiting) >= 2);
		if (round === 1) {
			// It may have answered each time before it was killed: this one meets a dead collector.
			await pass(page, "Next hour");
			await until("a request is refused", () => unanswered > 0);
		}
		running = await again();
	}
	const { health } = await allDelivered(page);
	assert.ok(visitor.acknowledged.size > 0);
	const events = await holdsEachEventOnce(database, visitor, [health.taken]);
	assert.equal(events.filter(({ event }) => event === "task_created").length, 36);
	assert.equal(health.delivered, health.taken);
	assert.equal(health.dropped, "0");
	await foldsAlike(page, database, events);
	assert.deepEqual(visitor.complaints, []);
});

test("C05 C06 killed between commit and answer: sent again under the same ids, stored once", async (t) => {
	const { database, collector, visitor, page, again } = await atWork(t);
	await allDelivered(page);
	const answered = new Promise((resolve) => {
		const lose = async (route) => {
			const answer = await route.fetch();
			await collector.kill();
			await route.abort("connectionreset");
			resolve({ status: answer.status(), batch: batchOf(route.request()) });
		};
		page.route("**/v1/batch", lose, { times: 1 });
	});
	await addTask(page, "Committed, but nobody heard");
	await pass(page, "Next hour");
	const { status, batch } = await answered;
	assert.equal(status, 200, "it had stored them");
	const lost = batch.map(({ messageId }) => messageId);
	assert.ok(lost.every((id) => !visitor.acknowledged.has(id)));
	assert.notEqual(
		(await readPanel(page)).health.waiting,
		"0",
		"the browser cannot know that they are stored",
	);
	await again();
	const { health } = await allDelivered(page);
	assert.ok(
		lost.every((id) => visitor.acknowledged.has(id)),
		"the same ids, again",
	);
	await holdsEachEventOnce(database, visitor, [health.taken]);
	assert.deepEqual(visitor.complaints, []);
});

test("the page reloads while the collector is dead: the next page load delivers what waited", async (t) => {
	const { database, collector, visitor, page, again } = await atWork(t);
	await allDelivered(page);
	await collector.kill();
	await addTask(page, "While it was away");
	// Once it is folded, all that follows from it is taken, too.
	const { health } = await panelShows(
		page,
		"that it counts, and waits",
		({ health, signals }) => signals.tasks === 1 && health.waiting !== "0",
	);
	// The page itself has to come from somewhere: it goes elsewhere first, and back once the collector is there.
	await page.goto("about:blank");
	await again();
	await page.goto(collector.origin);
	await engineReady(page);
	const after = await allDelivered(page);
	const events = await holdsEachEventOnce(database, visitor, [health.taken, after.health.taken]);
	assert.equal(events.filter(({ event }) => event === "task_created").length, 1);
	await foldsAlike(page, database, events);
	assert.deepEqual(visitor.complaints, []);
});
