// Two people at one browser, one after the other: nothing of the one is seen of the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ada, addTask, createProject, signIn, signOut, signUp } from "./cairn.mjs";
import { inChromium } from "./chromium.mjs";
import { exported, newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, engineReady, panelShows, readPanel } from "./panel.mjs";
import { foldsAlike, holdsEachEventOnce } from "./promises.mjs";

const visit = inChromium();
const ben = { name: "Ben Okoro", email: "ben@okoro.example", role: "Developer", company: "Okoro" };

test("C24 C43 who signs in next begins anew, also on the first frame; nothing of who left stays in this browser", async (t) => {
	const database = newDatabase(t);
	const collector = await startCollector(t, database);
	const visitor = await visit(t);
	const page = await visitor.context.newPage();
	const person = async () => {
		const { health } = await allDelivered(page);
		const events = await holdsEachEventOnce(database, visitor, [...taken, health.taken]);
		return foldsAlike(page, database, events);
	};
	const taken = [];
	await page.goto(collector.origin);
	await signUp(page, ada);
	await engineReady(page);
	await createProject(page, "Website");
	const hint = page.locator("ripen-nudge");
	await hint.waitFor({ state: "attached" });
	for (const title of ["One", "Two", "Three"]) await addTask(page, title);
	await panelShows(page, "set_up", ({ stages }) => stages.journey === "set_up");
	const first = await person();

	await signOut(page);
	await hint.waitFor({ state: "detached" });
	const { stages, signals } = await panelShows(
		page,
		"somebody new",
		({ stages }) => stages.journey === "new",
	);
	assert.deepEqual([stages.readiness, signals.tasks], ["exploring", 0]);
	await page.getByRole("link", { name: "Create a workspace" }).click();
	await signUp(page, ben);
	const second = await person();
	const { events: stored } = await exported(database);
	const answers = stored.filter(({ event }) => /^\$nudge_(dismissed|acted|snoozed)$/.test(event));
	assert.deepEqual(answers, [], "Ada's hint went without an answer");
	assert.notEqual(second.person, first.person);
	assert.notEqual(second.account, first.account);
	assert.deepEqual(second.stages, { journey: "new", readiness: "exploring" });

	taken.push((await readPanel(page)).health.taken);
	await page.route("**/*.wasm", (route) => route.abort());
	await page.reload({ waitUntil: "domcontentloaded" });
	assert.deepEqual((await readPanel(page)).stages, second.stages, "as last known of Ben, not of Ada");
	await page.unroute("**/*.wasm");
	await page.reload();
	await engineReady(page);
	await signOut(page);
	await signIn(page, ada);
	// What the browser knew of her was erased as she left; the collector's snapshot is still to come.
	await panelShows(page, "Ada, as if new", ({ stages }) => stages.journey === "new");
});
