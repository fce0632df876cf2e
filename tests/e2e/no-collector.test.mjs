// Without any collector the product and its nudges work, nothing throws, and nothing is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addTask, completeTask, createProject, signUp } from "./cairn.mjs";
import { inChromium, until } from "./chromium.mjs";
import { newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, engineReady, panelShows, pass, readPanel } from "./panel.mjs";
import { foldsAlike, holdsEachEventOnce } from "./promises.mjs";
import { serveFiles } from "./static.mjs";

const visit = inChromium();

/** Signs up, follows the hint, and is activated, while events wait. */
async function useProduct(page) {
	await signUp(page);
	await engineReady(page);
	await createProject(page, "Website");
	const hint = page.getByRole("region", { name: "Every plan starts with one task" });
	await hint.getByRole("button", { name: "Add a task" }).click();
	for (const title of ["One", "Two", "Three"]) {
		await addTask(page, title);
		await completeTask(page, title);
	}
	await panelShows(page, "activated", ({ stages }) => stages.journey === "activated");
	await pass(page, "Next hour");
	await page.getByText("No collector answers.").waitFor();
	const { health } = await readPanel(page);
	assert.deepEqual(
		{ ...health },
		{
			...{ connection: "retrying", delivered: "0", dropped: "0", engine: "ready", store: "indexeddb" },
			...{ taken: health.taken, waiting: health.taken },
		},
	);
	return health.taken;
}

test("C12 C29 nothing at /v1: the product and its help work, events wait, and reach a collector that comes", async (t) => {
	const files = await serveFiles(t);
	const visitor = await visit(t, { offline: true });
	const page = await visitor.context.newPage();
	await page.goto(files.origin);
	const taken = [await useProduct(page)];
	await page.reload();
	await engineReady(page);
	const { stages, health } = await readPanel(page);
	assert.equal(stages.journey, "activated");
	assert.ok(Number(health.waiting) >= Number(taken[0]), "they waited for the next page load");
	assert.deepEqual(visitor.complaints, []);

	// The panel loads what explains the decisions that it shows.
	await page.waitForLoadState("networkidle");
	await files.close();
	const database = newDatabase(t);
	await startCollector(t, database, files.port);
	const after = await delivered(page);
	taken.push(after.health.taken);
	const events = await holdsEachEventOnce(database, visitor, taken);
	await foldsAlike(page, database, events);
	assert.deepEqual(visitor.complaints, []);
});

for (const [how, reason] of [
	["connections are refused", "connectionrefused"],
	["an ad blocker takes the requests", "blockedbyclient"],
]) {
	test(`C12 C29 ${how}: the product and its help work, events wait until they pass`, async (t) => {
		const database = newDatabase(t);
		const collector = await startCollector(t, database);
		const visitor = await visit(t, { offline: true });
		const page = await visitor.context.newPage();
		let stopped = 0;
		await page.route("**/v1/**", (route) => {
			stopped++;
			return route.abort(reason);
		});
		await page.goto(collector.origin);
		const taken = await useProduct(page);
		assert.ok(stopped > 0);
		assert.deepEqual(visitor.complaints, []);
		await page.unroute("**/v1/**");
		const { health } = await delivered(page);
		assert.ok(Number(health.taken) >= Number(taken));
		const events = await holdsEachEventOnce(database, visitor, [health.taken]);
		await foldsAlike(page, database, events);
		assert.deepEqual(visitor.complaints, []);
	});
}

/** After failures it pauses; the pause ends on the clock that the panel moves. */
async function delivered(page) {
	await until("nothing waits", async () => {
		await pass(page, "Next hour");
		return (await readPanel(page)).health.waiting === "0";
	});
	return allDelivered(page);
}
