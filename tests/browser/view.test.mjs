import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const settled = (page) =>
	page.evaluate(async () => {
		await window.ripen.flush();
		return window.ripen.view();
	});
/** What the journal holds: its events, and what is kept beside them. */
const journalOf = (page) =>
	page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction(["events", "state"]);
					const events = transaction.objectStore("events").getAll();
					const playbook = transaction.objectStore("state").get("playbook");
					const snapshot = transaction.objectStore("state").get("snapshot");
					transaction.oncomplete = () => {
						target.result.close();
						resolve({
							events: events.result.map(({ key, json }) => ({ key, event: JSON.parse(json).event })),
							playbook: new TextDecoder().decode(playbook.result),
							position: snapshot.result?.position,
						});
					};
				};
			}),
	);
const storedPlaybook = async (page) => (await journalOf(page)).playbook;

test("an acknowledged event leaves the journal with the snapshot that covers it; what is folded is not folded again", async () => {
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.answer = async ({ batch }) => {
		if (batch[0].event !== "first") return { status: 503, headers: { "retry-after": "3600" } };
		await held;
		return { status: 200 };
	};
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.track("first"));
	await until("sent", () => at.collector.requests.some(({ batch }) => batch));
	// Folded before the first one is acknowledged, so that the snapshot covers it; not acknowledged itself.
	await page.evaluate(() => window.ripen.track("second"));
	await page.waitForFunction(() => window.ripen.view()?.names.length === 2);
	release();
	await until("settled", async () => (await journalOf(page)).position !== undefined);
	const { events, position } = await journalOf(page);
	assert.deepEqual(
		events.map(({ event }) => event),
		["second"],
	);
	assert.equal(position, events[0].key);
	await page.reload();
	await ready(page);
	assert.deepEqual(await page.evaluate(() => window.ripen.view().names), ["first", "second"]);
});

test("C24 given a known person, when the page is reloaded, then the last view is there on the first frame", async () => {
	const page = await at.open();
	assert.equal(await page.evaluate(() => window.firstView), undefined);
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada", { role: "founder" });
		for (let i = 0; i < 3; i++) window.ripen.track("task_created");
	});
	const before = await settled(page);
	assert.equal(before.state, "current");
	assert.equal(before.person, "ada");
	assert.deepEqual(before.stages, { journey: "active" });
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	const first = await page.evaluate(() => window.firstView);
	assert.equal(first.state, "pending");
	assert.deepEqual(first.stages, before.stages);
	await ready(page);
	const after = await page.evaluate(() => window.ripen.view());
	assert.equal(after.state, "current");
	assert.deepEqual(after.signals, before.signals, "restored, and nothing is counted twice");
	assert.equal(await page.evaluate(() => window.seen.changes[0].view.state), "current");
});

test("C24 given another person, then the view of the last one never shows", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada");
		window.ripen.track("a");
	});
	await settled(page);
	const [afterReset, stored] = await page.evaluate(() => {
		window.ripen.reset();
		return [window.ripen.view(), localStorage.getItem("ripen:wk:view")];
	});
	assert.equal(afterReset, undefined);
	assert.equal(stored, null);
	const afterIdentify = await page.evaluate(() => {
		window.ripen.identify("bob");
		return window.ripen.view();
	});
	assert.notEqual(afterIdentify?.person, "ada");
});

test("C24 given who signs in before the engine is there, then what was known of another does not show", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada");
		window.ripen.track("a");
	});
	await settled(page);
	at.collector.held = /\/wasm\//;
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	assert.equal(await page.evaluate(() => window.firstView.person), "ada");
	const seen = await page.evaluate(() => {
		window.ripen.identify("bob");
		return typeof window.ripen.view();
	});
	assert.equal(seen, "undefined");
});

test("C33 given two tabs, then both hold the same state, and only the tab of the event decides", async () => {
	const [one, two] = [await at.open(), await at.open()];
	await Promise.all([ready(one), ready(two)]);
	await Promise.all([one, two].map((page) => page.evaluate(() => window.ripen.identify("ada"))));
	await one.evaluate(() => window.ripen.track("due", { nudge: "hint" }));
	await two.evaluate(() => window.ripen.track("other"));
	for (const page of [one, two]) await until("folded", async () => (await settled(page))?.names.length >= 5);
	const [first, second] = [await settled(one), await settled(two)];
	assert.deepEqual(first.names, second.names);
	assert.equal(await one.evaluate(() => window.seen.nudges.length), 1);
	assert.equal(await two.evaluate(() => window.seen.nudges.length), 0);
});

test("given no collector at all, when the page is reloaded, then the state is that of all events", async () => {
	at.collector.down = true;
	const init = { playbook: "/playbook.bin" };
	await at.context.route("**/playbook.bin", (route) => route.fulfill({ body: '{"nudges":{}}' }));
	const page = await at.open(init);
	await ready(page);
	await page.evaluate(() => {
		for (let i = 0; i < 4; i++) window.ripen.track("task_created");
		return window.ripen.flush();
	});
	await page.reload();
	await ready(page);
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 4);
	assert.deepEqual(await page.evaluate(() => window.ripen.view().stages), { journey: "active" });
});

test("given a newly published playbook, then it is used from the next page load on", async () => {
	const page = await at.open();
	await ready(page);
	const asked = () => at.collector.requests.filter(({ path }) => path === "/v1/playbook/wk");
	assert.equal(asked().length, 1);
	assert.equal(await storedPlaybook(page), at.collector.playbook);
	await page.reload();
	await ready(page);
	await until("asked again", () => asked().length === 2);
	assert.equal(asked()[1].headers["if-none-match"], `"${at.collector.playbook.length}"`);
	const talk = {
		talk: { purpose: "talk", placement: { kind: "modal" }, content: { en: { title: "New" } }, actions: [] },
	};
	at.collector.playbook = JSON.stringify({ nudges: talk });
	await page.reload();
	await ready(page);
	await until("asked a third time", () => asked().length === 3);
	await until("stored", async () => (await storedPlaybook(page)) === at.collector.playbook);
	await page.reload();
	await ready(page);
	await page.evaluate(() => window.ripen.track("due", { nudge: "talk" }));
	await page.getByRole("dialog", { name: "New" }).waitFor();
});

test("given no playbook, then the engine stays loading, and events are delivered and kept for it", async () => {
	at.collector.playbook = undefined;
	const page = await at.open();
	const health = await page.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	assert.equal(health.engine, "loading");
	assert.equal(health.delivered, 1);
	at.collector.playbook = JSON.stringify({ nudges: {} });
	await page.reload();
	await ready(page);
	await page.waitForFunction(() => window.ripen.view()?.names.includes("one"));
	await page.evaluate(() => window.ripen.flush());
	assert.equal(at.collector.events.length, 1, "kept to be folded, not to be sent again");
});
