// A person signs up, works for two weeks, grows, and is understood: through the real collector, in a real browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../xtask/places.mjs";
import {
	ada,
	addTask,
	askForProject,
	completeTask,
	connectSlack,
	createProject,
	goTo,
	invite,
	signUp,
} from "./cairn.mjs";
import { inChromium, until } from "./chromium.mjs";
import { exported, newDatabase, startCollector } from "./collector.mjs";
import { allDelivered, decidedAt, engineReady, panelShows, pass, readPanel } from "./panel.mjs";
import { foldsAlike, holdsEachEventOnce } from "./promises.mjs";
import { replay } from "./replay.mjs";

const visit = inChromium();
const { nudges } = JSON.parse(readFileSync(at("www/playbook.json"), "utf8"));
const titleOf = (id) => nudges[id].content.en.title;
const commercial = Object.keys(nudges).filter((id) => /upgrade|talk/.test(nudges[id].purpose));

test("two weeks with the product", { timeout: 600_000 }, async (t) => {
	const database = newDatabase(t);
	const collector = await startCollector(t, database);
	const visitor = await visit(t);
	const page = await visitor.context.newPage();
	const banner = (id) => page.getByRole("region", { name: titleOf(id) });
	const modal = page.getByRole("dialog", { name: titleOf("talk_growing_team") });
	const noneCommercial = () =>
		assert.deepEqual(
			visitor.drawn.filter((title) => commercial.some((id) => titleOf(id) === title)),
			[],
			"too early",
		);
	/** A day's work in the project that is open: so many tasks, each done at once. */
	const work = async (day, tasks) => {
		for (let n = 1; n <= tasks; n++) {
			await addTask(page, `Step ${day}.${n}`);
			await completeTask(page, `Step ${day}.${n}`);
		}
	};
	const taken = [];
	let broken = false;
	const step = (name, work) =>
		t.test(name, { skip: broken && "an earlier step failed" }, async () => {
			broken = true;
			await work();
			broken = false;
		});

	await step("day 1: an empty project brings a hint, which leads to the first task", async () => {
		await page.goto(collector.origin);
		await signUp(page);
		await engineReady(page);
		await createProject(page, "Website");
		await banner("first_task").getByRole("button", { name: "Add a task" }).click();
		await banner("first_task").waitFor({ state: "detached" });
		assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "New task");
		await work(1, 3);
		const { stages } = await panelShows(page, "activated", ({ stages }) => stages.journey === "activated");
		assert.equal(stages.readiness, "exploring");
		noneCommercial();
	});

	await step("day 1: the limit of the plan is met, and help comes first: no upgrade", async () => {
		await createProject(page, "Launch");
		await createProject(page, "Handbook");
		await askForProject(page);
		await page.getByText("The Free plan holds 3 projects").waitFor();
		const { upgrade_at_limit } = await decidedAt(page, "project_limit_reached");
		assert.match(upgrade_at_limit, /policy\.help_first/);
		await goTo(page, "Plans");
		noneCommercial();
	});

	await step("day 2: work is done, and the product says what it is for: to plan together", async () => {
		await pass(page, "Next day");
		await goTo(page, "Website");
		await work(2, 3);
		await banner("invite_someone").getByRole("button", { name: "Close" }).click();
		await banner("invite_someone").waitFor({ state: "detached" });
	});

	await step("days 3 to 5: the limit each day, and no upgrade: its moment has not come", async () => {
		for (const day of [3, 4, 5]) {
			await pass(page, "Next day");
			await goTo(page, "Website");
			await work(day, 3);
			await askForProject(page);
			const { upgrade_at_limit } = await decidedAt(page, "project_limit_reached");
			const why = day < 4 ? /policy\.help_first/ : /journey is activated, wanted at least habitual/;
			assert.match(upgrade_at_limit, why, `day ${day}`);
			noneCommercial();
		}
	});

	await step("day 6: a habit, and the limit: now the upgrade, which opens the plans", async () => {
		await pass(page, "Next day");
		await goTo(page, "Website");
		noneCommercial();
		await addTask(page, "Step 6.1");
		await panelShows(page, "habitual", ({ stages }) => stages.journey === "habitual");
		await askForProject(page);
		await banner("upgrade_at_limit").waitFor();
		const [shown, panel] = await Promise.all(
			[banner("upgrade_at_limit"), page.locator("#panel")].map((each) => each.boundingBox()),
		);
		assert.ok(shown.x + shown.width <= panel.x, "beside the panel, not over it");
		assert.match((await decidedAt(page, "project_limit_reached")).upgrade_at_limit, /won/);
		await banner("upgrade_at_limit").getByRole("link", { name: "See the plans" }).click();
		await page.getByRole("heading", { level: 1, name: "Plans" }).waitFor();
		await banner("upgrade_at_limit").waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Choose Team" }).click();
		await page.getByRole("button", { name: "Buy Team" }).click();
		await page.getByText("Welcome to Team.").waitFor();
		await panelShows(page, "nobody on the free plan", ({ segments }) => !segments.includes("on_free"));
	});

	await step("C24 reload: the stage is there on the first frame, before the engine is", async () => {
		taken.push((await allDelivered(page)).health.taken);
		const before = await readPanel(page);
		const frames = await firstFrames(page);
		let release;
		const held = new Promise((resolve) => {
			release = resolve;
		});
		await page.route("**/*.wasm", (route) => held.then(() => route.continue()));
		await page.reload({ waitUntil: "domcontentloaded" });
		const { stages, signals, health } = await readPanel(page);
		assert.equal(health.engine, "loading");
		assert.deepEqual(stages, before.stages);
		assert.deepEqual(signals, before.signals);
		await until("frames", () => frames.length > 0);
		release();
		await engineReady(page);
		await page.unroute("**/*.wasm");
		assert.deepEqual([...new Set(frames)], ["habitual"], "in each frame that showed anything");
		assert.deepEqual((await readPanel(page)).stages, before.stages);
	});

	await step("days 7 to 9: an integration, and teammates: the third one brings the talk", async () => {
		await pass(page, "Next day");
		await connectSlack(page);
		await goTo(page, "Launch");
		await work(7, 2);
		await pass(page, "Next day");
		await invite(page, "mara@lindworks.example");
		await invite(page, "joao@lindworks.example");
		await goTo(page, "Launch");
		await work(8, 2);
		await panelShows(page, "pre_production", ({ stages }) => stages.readiness === "pre_production");
		await pass(page, "Next day");
		assert.deepEqual(
			visitor.drawn.filter((title) => title === titleOf("talk_growing_team")),
			[],
		);
		await invite(page, "kim@lindworks.example");
		await modal.waitFor();
		await panelShows(page, "champion", ({ stages }) => stages.journey === "champion");
	});

	await step("the form knows who asks; sent, it thanks", async () => {
		assert.equal(await modal.getByLabel("Your name").inputValue(), ada.name);
		assert.equal(await modal.getByLabel("Work e-mail").inputValue(), ada.email);
		await modal.getByLabel("What would help you most?").fill("Single sign-on");
		await modal.getByRole("button", { name: "Ask for a call" }).click();
		await modal.getByRole("status").filter({ hasText: nudges.talk_growing_team.content.en.thanks }).waitFor();
		await modal.getByRole("button", { name: "Close" }).click();
		await modal.waitFor({ state: "detached" });
	});

	await step("C05 the database has each event once, the lead among them", async () => {
		taken.push((await allDelivered(page)).health.taken);
		const events = await holdsEachEventOnce(database, visitor, taken);
		const leads = events.filter(({ event }) => event === "$lead_submitted");
		assert.equal(leads.length, 1);
		const [{ properties }] = leads;
		assert.deepEqual(properties.fields, { name: ada.name, email: ada.email, message: "Single sign-on" });
		assert.equal(properties.reasons.stages.readiness, "pre_production");
	});

	await step("one fold everywhere: a replay of the database gives what the panel shows", async () => {
		const { text, events } = await exported(database);
		const person = await foldsAlike(page, database, events);
		assert.deepEqual(person.stages, { journey: "champion", readiness: "pre_production" });
		await pass(page, "Next week");
		await pass(page, "Next week");
		await panelShows(page, "gone quiet", ({ segments }) => segments.includes("gone_quiet"));
		await foldsAlike(page, database, events);

		const timeline = await replay(text, "--timeline");
		const testing = timeline.find(({ name, to }) => name === "readiness" && to === "testing");
		const shown = events.filter(({ event }) => event === "$nudge_shown");
		const early = shown.filter(({ timestamp }) => timestamp < testing.at);
		assert.ok(early.length > 0 && shown.length > early.length, "some before, some after");
		for (const { properties } of early) assert.ok(!commercial.includes(properties.nudge), properties.nudge);
	});

	await step("C31 C33 in all this time four nudges were drawn, each once", () => {
		const drawn = ["first_task", "invite_someone", "upgrade_at_limit", "talk_growing_team"];
		assert.deepEqual(visitor.drawn, drawn.map(titleOf));
	});

	await step("C12 no error, no warning, nothing against the policy of the page", () => {
		assert.deepEqual(visitor.complaints, []);
	});
});

/** The stage in each frame that shows the product, from the next load on. */
async function firstFrames(page) {
	const frames = [];
	await page.exposeFunction("tellFrame", (stage) => frames.push(stage));
	await page.addInitScript(() => {
		const look = () => {
			const product = document.getElementById("product")?.firstElementChild;
			if (product) window.tellFrame(document.querySelector('[data-testid="stage-journey"]')?.textContent);
			requestAnimationFrame(look);
		};
		look();
	});
	return frames;
}
