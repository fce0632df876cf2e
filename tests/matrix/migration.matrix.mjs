// docs/migrate, tried: small products with the client that they had before, with Ripen beside it, and with Ripen alone. The
// same user does the same, and the same is heard of it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromium as browser } from "../../xtask/browsers.mjs";
import { run } from "../../xtask/command.mjs";
import { comparable } from "./migration/listed.mjs";
import { openOurs, openTheirs } from "./migration/sinks.mjs";
import { openSite } from "./migration/site.mjs";

const here = fileURLToPath(new URL("./migration/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "ripen-migration-"));
let driven;
before(async () => {
	const out = join(work, "playbook.ripen");
	await run(process.execPath, ["js/dist/cli.js", "compile", `${here}playbook.json`, "-o", out]);
	// PostHog hears nothing of browsers that say they are driven; and nothing of this calls anybody else.
	const args = [
		"--no-sandbox",
		"--disable-blink-features=AutomationControlled",
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
	];
	driven = await chromium.launch({ executablePath: browser(), args });
});
after(async () => {
	await driven?.close();
	rmSync(work, { recursive: true, force: true });
});

/** What the browser calls itself. */
async function ownName() {
	const page = await driven.newPage();
	const name = await page.evaluate(() => navigator.userAgent);
	await page.close();
	return name;
}

const seconds = 90;
async function until(what, holds) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	assert.fail(`not within ${seconds} seconds: ${what()}`);
}

/** What is said of the story, by whatever client. */
const story = [
	{ kind: "page", name: "Home", person: "#0", properties: {} },
	{ kind: "track", name: "project_created", person: "#0", properties: { projects: 1 } },
	{ kind: "identify", name: "ada", person: "ada", properties: { plan: "free", role: "lead" } },
	{ kind: "group", name: "acme", person: "ada", properties: { seats: 3 } },
	{ kind: "track", name: "report_exported", person: "ada", properties: { rows: 120, format: "csv" } },
	{ kind: "page", name: "Reports", person: "ada", properties: {} },
	{ kind: "track", name: "project_created", person: "ada", properties: { projects: 2 } },
	{ kind: "track", name: "signed_out", person: "ada", properties: {} },
	{ kind: "track", name: "project_created", person: "#2", properties: { projects: 3 } },
];

/** Lets a user do all of it in a product that starts so. Gives what came to both sinks. */
async function lived(
	t,
	start,
	{
		before,
		blocked,
		peer,
		evaluates = true,
		ours: wanted = story.length,
		theirs: theirsWanted = story.length,
	} = {},
) {
	const ours = await openOurs(t);
	const theirs = await openTheirs(t, peer ?? "segment");
	const address = await openSite(t, readFileSync(join(work, "playbook.ripen")));
	const userAgent = (await ownName()).replace("Headless", "");
	const context = await driven.newContext({ userAgent });
	t.after(() => context.close());
	if (before) await context.addInitScript(before);
	const page = await context.newPage();
	const errors = [];
	page.on("pageerror", (error) => errors.push(error.message));
	// Nobody listens there: as where a blocker is.
	await page.goto(
		address({ start, ours: ours.origin, theirs: blocked ? "http://127.0.0.1:1" : theirs.origin }),
	);
	/** Until Ripen sees the person so: what was done before is evaluated by then. */
	const seen = (what, holds) =>
		evaluates && page.waitForFunction(holds, what, { timeout: seconds * 1000, polling: 50 });
	for (const button of ["create", "sign-in", "export", "reports", "create"]) await page.click(`#${button}`);
	await seen({ projects: 2, rows: 120, reports: 1 }, (what) => {
		const { person, signals } = window.ripen.view() ?? {};
		return person === "ada" && Object.keys(what).every((name) => signals[name] === what[name]);
	});
	await page.click("#sign-out");
	await page.click("#create");
	await seen(1, (projects) => {
		const { person, signals } = window.ripen.view() ?? {};
		return person && person !== "ada" && signals.projects === projects;
	});
	if (evaluates) await page.evaluate(() => window.ripen.flush());
	const listed = () =>
		JSON.stringify({ ours: comparable(ours.all), theirs: comparable(theirs.all) }, null, " ");
	await until(listed, () => ours.all.length >= wanted && theirs.all.length >= theirsWanted);
	// What its client throws then is its own affair.
	if (!blocked) assert.deepEqual(errors, []);
	return { ours: ours.all, theirs: theirs.all, page };
}

const ids = (events) => events.map(({ raw }) => raw.messageId);
const times = (events) => events.map(({ raw }) => raw.timestamp);
/** Clients that send an event a request may be overtaken by themselves. */
const inOrder = (events) => [...events].sort((a, b) => times([a])[0].localeCompare(times([b])[0]));

test("the products do the same before and after: Ripen alone", async (t) => {
	const { ours, theirs } = await lived(t, "after", { theirs: 0 });
	assert.deepEqual(comparable(ours), story);
	assert.deepEqual(theirs, []);
});

test("Segment, before", async (t) => {
	const { theirs } = await lived(t, "segment-before", { evaluates: false, ours: 0 });
	assert.deepEqual(comparable(inOrder(theirs)), story);
});

for (const start of ["segment-instead", "segment-snippet"])
	test(`${start}: the same calls, and Ripen gets them instead`, async (t) => {
		const { ours, theirs } = await lived(t, start, { theirs: 0 });
		assert.deepEqual(comparable(ours), story);
		assert.deepEqual(theirs, []);
	});

test("who was anonymous before is who they were: Segment's anonymous id is kept", async (t) => {
	const before = () => localStorage.setItem("ajs_anonymous_id", '"known-to-segment"');
	const { ours } = await lived(t, "segment-instead", { before, theirs: 0 });
	assert.deepEqual(comparable(ours), story);
	const ids = [...new Set(ours.map(({ raw }) => raw.anonymousId))];
	assert.equal(ids[0], "known-to-segment");
	assert.equal(ids.length, 2, "another one after signing out");
});

for (const start of ["segment-followed", "segment-middleware"])
	test(`C05 ${start}: both sinks get every event, by the same ids, at the same times`, async (t) => {
		const { ours, theirs } = await lived(t, start);
		assert.deepEqual(comparable(ours), story);
		assert.deepEqual(comparable(inOrder(theirs)), story);
		assert.deepEqual(ids(ours).sort(), ids(theirs).sort());
		const told = Object.fromEntries(theirs.map(({ raw }) => [raw.messageId, raw.timestamp]));
		for (const { raw } of ours) assert.equal(raw.originalTimestamp ?? raw.timestamp, told[raw.messageId]);
	});

test("segment-beside: both sinks get every call", async (t) => {
	const { ours, theirs } = await lived(t, "segment-beside");
	assert.deepEqual(comparable(ours), story);
	assert.deepEqual(comparable(inOrder(theirs)), story);
});

test("C29 Segment is blocked: by its calls Ripen hears all the same", async (t) => {
	const { ours, theirs } = await lived(t, "segment-beside", { blocked: true, theirs: 0 });
	assert.deepEqual(comparable(ours), story);
	assert.deepEqual(theirs, []);
});

test("segment-pipe: Segment delivers, Ripen evaluates and sends nothing", async (t) => {
	const { ours, theirs } = await lived(t, "segment-pipe", { ours: 0 });
	assert.deepEqual(ours, []);
	assert.deepEqual(comparable(inOrder(theirs)), story);
});

test("PostHog, before", async (t) => {
	const { theirs } = await lived(t, "posthog-before", { peer: "posthog", evaluates: false, ours: 0 });
	// It sends who somebody is at once, and the rest later.
	assert.deepEqual(comparable(inOrder(theirs)), story);
});

test("Amplitude, before: but it takes who has just signed out for the one who did", async (t) => {
	const { theirs } = await lived(t, "amplitude-before", { peer: "amplitude", evaluates: false, ours: 0 });
	const itsStory = story.map((each) => (each.name === "signed_out" ? { ...each, person: "#2" } : each));
	assert.deepEqual(comparable(theirs), itsStory);
});

/** What is tracked, whoever did it: that is told where it happens. */
const tracked = (events) =>
	events.filter(({ kind }) => kind === "track").map(({ name, properties }) => ({ name, properties }));

for (const [start, peer] of [
	["posthog-beside", "posthog"],
	["amplitude-beside", "amplitude"],
])
	test(`${start}: what its client hears, Ripen hears`, async (t) => {
		const wanted = tracked(story);
		// A page view of Amplitude's is an event like any other.
		const more = peer === "amplitude" ? 2 : 0;
		const { ours } = await lived(t, start, { peer, evaluates: false, ours: wanted.length + more });
		assert.deepEqual(
			tracked(ours).filter(({ name }) => name !== "Page Viewed"),
			wanted,
		);
	});
