// What the collector knows of a person comes to their next device: asked for by a real page, of a collector of the test's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, ready, until } from "./browser.mjs";
import {
	answerOf,
	heard,
	hour,
	playbook,
	signature,
	signIn,
	stored,
	tasks,
	track,
	view,
	warned,
	withDevices,
} from "./devices.mjs";
import { banner, move, settled, start } from "./real.mjs";

const { at, enter, anotherDevice, firstDevice } = withDevices();

test("C17 C30 given a second device, then stage, counts and limits of the first are there, and nothing is told again", async () => {
	const first = await firstDevice({}, "opened");
	await banner(first).waitFor();
	await banner(first).getByRole("button", { name: "Go" }).click();
	await until("shown", async () => (await at.told(first, "$nudge_shown")).length === 1);
	at.collector.snapshot = await answerOf(first, { account: "acme" });
	await first.close();
	await anotherDevice();
	at.collector.events.length = 0;

	const page = await enter();
	await track(page, "task_created");
	await tasks(page, 1);
	assert.equal(at.collector.asked.length, 0, "nobody has signed in");
	await signIn(page);
	await tasks(page, 4);
	const seen = await view(page);
	assert.deepEqual(
		[seen.person, seen.stages.journey, seen.traits.user.plan, seen.knownSince],
		["ada", "set_up", "pro", start - 30 * 24 * hour],
	);
	assert.equal(seen.account_as_of, undefined, "of no account of hers");
	assert.equal(at.collector.asked[0].signature, signature);
	// Shown once, there; the other one goes after it.
	await track(page, "opened", "looked");
	await page.getByRole("region", { name: "Another" }).waitFor();
	await page.evaluate(() => window.ripen.flush());
	const of = (name) => at.kept().filter(({ event }) => event === name);
	const stages = of("$stage_changed").map(({ properties }) => properties.to);
	assert.deepEqual(stages, ["new"], "as who is nobody yet");
	assert.equal(of("$nudge_shown").length, 1, "of the other one");
	const changes = await page.evaluate(() => window.seen.changes.flatMap(({ changes }) => changes));
	assert.ok(!changes.some(({ to }) => to === "set_up"), JSON.stringify(changes));
	assert.deepEqual(await errorsOf(page), []);
});

test("C17 given a membership that the host signs, then its group call says so, and the account comes to the next device", async () => {
	const account = {
		...playbook,
		signals: { ...playbook.signals, team: { count: "task_created", scope: "account" } },
	};
	const membership = "7".repeat(64);
	const join = (page) =>
		page.evaluate((signature) => window.ripen.group("acme", { plan: "team" }, { signature }), membership);
	// It knows nothing yet, and may be asked twice: before she joins, and after.
	at.collector.snapshot = () => ({ status: 204 });
	const first = await at.enter(account);
	await signIn(first);
	await join(first);
	await track(first, "task_created");
	await tasks(first, 1);
	await first.evaluate(() => window.ripen.flush());
	const told = at.kept().map(({ type, context }) => [type, context.groupId, context.groupSignature]);
	assert.deepEqual(
		told.filter(([, , signature]) => signature),
		[["group", "acme", membership]],
	);
	assert.ok(told.some(([type, group]) => type === "track" && group === "acme"));
	const stored = await first.evaluate(() => JSON.stringify({ ...localStorage }));
	assert.ok(!stored.includes(membership), "once it is sent, nothing here has it");
	at.collector.snapshot = await answerOf(first, { account: "acme" });
	await anotherDevice();

	const page = await at.enter(account);
	await signIn(page);
	await tasks(page, 1);
	const seen = await view(page);
	assert.deepEqual([seen.account, seen.traits.account.plan, seen.account_as_of], ["acme", "team", start]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C30 given a nudge that is due before the answer, then it waits, and is not shown again", async () => {
	const first = await firstDevice({}, "opened");
	await banner(first).waitFor();
	await banner(first).getByRole("button", { name: "Go" }).click();
	await until("shown", async () => (await at.told(first, "$nudge_shown")).length === 1);
	const answer = await answerOf(first);
	await anotherDevice();
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.snapshot = async (asked) => {
		await held;
		return answer(asked);
	};
	const page = await enter();
	await signIn(page);
	await track(page, "opened");
	await page.waitForFunction(() => window.seen.decisions.some(({ won }) => won === "tip"));
	release();
	await tasks(page, 3);
	await track(page, "looked");
	await page.getByRole("region", { name: "Another" }).waitFor();
	const shown = (await at.told(page, "$nudge_shown")).map(({ properties }) => properties.nudge);
	assert.deepEqual(shown, ["tip", "other"], "the tip once, on the first device");
});

test("C30 within a session, what was shown elsewhere meanwhile holds from the next hour on", async () => {
	const first = await firstDevice();
	at.collector.snapshot = await answerOf(first);
	await anotherDevice();
	const page = await enter();
	await signIn(page);
	await tasks(page, 3);
	await track(first, "opened");
	await banner(first).waitFor();
	await banner(first).getByRole("button", { name: "Go" }).click();
	await until("shown", async () => (await at.told(first, "$nudge_shown")).length === 1);
	at.collector.snapshot = await answerOf(first, { tag: "t2" });
	await page.evaluate(() => window.ripen.flush());
	await move(page, hour);
	await until("asked again", () => at.collector.asked.some(({ known }) => known === "t1"));
	// Noted once it is known here.
	await page.waitForFunction(() => localStorage.getItem("ripen:wk:person")?.includes('"t2"'));
	await track(page, "opened", "looked");
	await page.getByRole("region", { name: "Another" }).waitFor();
	assert.equal(await banner(page).count(), 0);
});

test("given that the collector has some of this device's events, then these count once, and so do the others", async () => {
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	await track(page, "task_created", "task_created");
	await tasks(page, 2);
	// As the collector knows this device now, and two events of another one.
	const answer = await answerOf(page);
	const [stream] = new Set(at.kept().map(({ context }) => context.stream));
	const last = Math.max(...at.kept().map(({ context }) => context.sequence));
	await track(page, "task_created");
	await tasks(page, 3);
	await page.evaluate(() => window.ripen.flush());
	at.collector.snapshot = (asked) => {
		const { status, body } = answer(asked);
		return { status, body: { ...body, streams: { ...body.streams, [stream]: [[0, last]] } } };
	};
	// Another page load asks: the first one was told that there is no secret.
	const next = await enter();
	await until("kept", async () => (await stored(next, "person"))?.tag === "t1");
	await tasks(next, 3);
	await track(next, "task_created");
	await tasks(next, 4);
	// And so does the next one, which goes on from what this one has stored.
	await settled(next);
	const third = await enter();
	await tasks(third, 4);
	assert.deepEqual(await errorsOf(third), []);
});

test("C24 given an answer that comes when somebody else is there, then nothing of it is seen or stored", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	const releases = [];
	at.collector.snapshot = (asked) =>
		asked.userId === "ada"
			? new Promise((resolve) => releases.push(() => resolve(answer(asked))))
			: { status: 204 };
	const left = await enter();
	await signIn(left);
	await until("asked", () => releases.length === 1);
	await left.evaluate(() => window.ripen.reset());
	await signIn(left, "bob");
	await until("asked of bob", () => at.collector.asked.length === 2);
	const answered = left.waitForResponse((response) => response.url().endsWith("/v1/snapshot"));
	releases[0]();
	await answered.catch(() => {});
	await track(left, "task_created");
	await tasks(left, 1);
	assert.deepEqual([(await view(left)).person, (await view(left)).traits.user.plan], ["bob", undefined]);
	assert.equal(await stored(left, "person"), undefined);
	assert.deepEqual(await errorsOf(left), []);
});

test("given that another user signs in before the answer, then it is asked of them, too", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.snapshot = async (asked) => {
		if (asked.userId === "bob") return { status: 204 };
		await held;
		return answer(asked);
	};
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	await signIn(page, "bob");
	await track(page, "task_created");
	await tasks(page, 1);
	release();
	await until("asked of bob", () => at.collector.asked.some(({ userId }) => userId === "bob"));
	assert.equal((await view(page)).signals.tasks, 1);
});

test("given two tabs, then one asks, and both see the same", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	at.collector.snapshot = () => ({ status: 204 });
	const one = await enter();
	await signIn(one);
	await until("asked", () => at.collector.asked.length === 1);
	const other = await enter();
	await track(other, "task_created");
	await tasks(other, 1);
	await tasks(one, 1);
	for (const page of [one, other]) await page.evaluate(() => window.ripen.flush());
	await until("both have asked", () => at.collector.asked.length === 2);
	at.collector.snapshot = answer;
	await one.bringToFront();
	await move(one, hour);
	await until("asked", () => at.collector.asked.length === 3);
	await tasks(one, 4);
	await tasks(other, 4);
	await track(other, "task_created");
	for (const page of [one, other]) await tasks(page, 5);
	const third = await enter({ clock: start + hour });
	await tasks(third, 5);
	assert.equal(at.collector.asked.length, 3, "it has what the others know");
});

test("given no collector, then the page goes on by what it knows, and asks again in an hour", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	at.collector.down = true;
	const page = await enter();
	await signIn(page);
	// The browser itself asks once more where it has used the connection before.
	await until("asked", () => at.collector.asked.length > 0);
	await track(page, "task_created", "opened");
	await tasks(page, 1);
	await banner(page).waitFor();
	at.collector.down = false;
	at.collector.snapshot = answer;
	await page.evaluate(() => window.ripen.flush());
	await move(page, hour);
	await tasks(page, 4);
	assert.deepEqual(await errorsOf(page), []);
});

test("a collector without a secret is asked once a page load; one that does not believe is told of, and asked in an hour", async () => {
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	await heard(page);
	await move(page, hour);
	await track(page, "task_created");
	await tasks(page, 1);
	await move(page, hour);
	assert.equal(at.collector.asked.length, 1);
	await page.close();
	at.collector.snapshot = () => ({ status: 401 });
	const next = await enter({ clock: start + 3 * hour, tokens: ["expired", "fresh"] });
	await warned(next, "snapshot_refused");
	await move(next, hour);
	await until("asked", () => at.collector.asked.length === 3);
	assert.deepEqual(
		at.collector.asked.map(({ token }) => token),
		[undefined, "expired", "fresh"],
	);
});

test("what cannot be read is told of and changes nothing", async () => {
	const first = await firstDevice();
	const answer = await answerOf(first);
	await anotherDevice();
	at.collector.snapshot = (asked) => {
		const { status, body } = answer(asked);
		const bytes = Buffer.from(body.snapshot, "base64");
		bytes[1]++;
		return { status, body: { ...body, snapshot: bytes.toString("base64") } };
	};
	const page = await enter();
	await track(page, "task_created");
	await signIn(page);
	await warned(page, "snapshot_unreadable");
	await track(page, "task_created");
	await tasks(page, 2);
});

test("C42 C44 without a signature or a token, without consent, and in other modes, nothing is asked", async () => {
	at.collector.snapshot = () => ({ status: 204 });
	const unsigned = await enter({ person: "ada" });
	await unsigned.evaluate(() => window.ripen.flush());
	await unsigned.close();
	for (const more of [{ mode: "signals" }, { mode: "off" }, { consent: "pending" }]) {
		await anotherDevice();
		const page = await enter(more);
		await signIn(page);
		await track(page, "task_created");
		await tasks(page, 1);
		await page.close();
	}
	assert.deepEqual(at.collector.asked, []);
	// It is asked as soon as there is consent.
	await anotherDevice();
	const page = await enter({ consent: "pending" });
	await signIn(page);
	await page.waitForFunction(() => window.ripen.view()?.person === "ada");
	await page.evaluate(() => window.ripen.setConsent("granted"));
	await until("asked", () => at.collector.asked.length === 1);
});

test("the page tells how it sees the person, once nothing waits to be sent", async () => {
	at.collector.snapshot = () => ({ status: 204 });
	const page = await firstDevice();
	await until("asked", () => at.collector.asked.length === 1);
	await page.evaluate(() => window.ripen.flush());
	await move(page, hour);
	await until("asked", () => at.collector.asked.length === 2);
	const [{ page: early }, { page: told, format, revision, streams }] = at.collector.asked;
	assert.equal(early, false);
	assert.deepEqual(told, {
		at: start + hour,
		stages: { journey: "set_up" },
		signals: { tasks: 3, days: 1 },
		since: start,
		late: 0,
	});
	assert.deepEqual([format, revision, streams.length], [4, (await view(page)).revision, 1]);
	await ready(page);
});
