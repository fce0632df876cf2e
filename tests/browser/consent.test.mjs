import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";
import { storedBy } from "./stored.mjs";

const at = inChromium();
const names = () => at.collector.kept().map((event) => event.event ?? event.type);
const batches = () => at.collector.requests.filter(({ batch }) => batch).map(({ batch }) => batch);
const people = () => [...new Set(at.collector.kept().map(({ anonymousId }) => anonymousId))];

test("C43 C44 while consent is pending nothing is stored and nothing is asked; once it is given, all arrives, once", async () => {
	const page = await at.open({ consent: "pending" });
	await page.evaluate(() => {
		window.ripen.identify("ada", { plan: "free" });
		for (let i = 0; i < 20; i++) window.ripen.track(`e${i}`);
		return window.ripen.flush();
	});
	// The page hides, and comes back: nothing of that may store or send either.
	await page.evaluate(() => {
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
		dispatchEvent(new PageTransitionEvent("pagehide"));
		window.ripen.track("while hiding");
	});
	await page.evaluate(() => window.ripen.flush());
	assert.deepEqual(await storedBy(page), {});
	assert.deepEqual(at.collector.requests, []);
	const health = await healthOf(page);
	assert.deepEqual([health.consent, health.store, health.waiting], ["pending", "memory", 22]);

	await page.evaluate(() => {
		delete document.hidden;
		document.dispatchEvent(new Event("visibilitychange"));
		window.ripen.setConsent("granted");
		return window.ripen.flush();
	});
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names(), ["identify", ...Array.from({ length: 20 }, (_, i) => `e${i}`), "while hiding"]);
	assert.equal(people().length, 1);
	assert.equal((await healthOf(page)).store, "indexeddb");
	await ready(page);
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 22);
	assert.deepEqual(await errorsOf(page), []);
});

test("C44 while consent is pending flush() has nothing to wait for", async () => {
	const page = await at.open({ consent: "pending", clock: 1_800_000_000_000 });
	await page.evaluate(() => {
		window.ripen.track("a");
		window.ripen.flush().then(({ waiting }) => {
			window.left = waiting;
		});
	});
	await page.waitForFunction(() => window.left === 1);
	assert.deepEqual(await storedBy(page), {});
	assert.deepEqual(at.collector.requests, []);
});

test("C20 given consent at last, the person that this browser knows goes on, unless they signed out meanwhile", async () => {
	const visit = async (work) => {
		const page = await at.open({ consent: "pending" });
		await page.evaluate(work);
		await page.evaluate(() => {
			window.ripen.track("visited");
			window.ripen.setConsent("granted");
			return window.ripen.flush();
		});
		await until("delivered", async () => (await healthOf(page)).waiting === 0);
		await page.close();
		return at.collector.kept().at(-1).anonymousId;
	};
	const first = await visit(() => {});
	assert.equal(await visit(() => {}), first);
	const other = await visit(() => window.ripen.reset());
	assert.notEqual(other, first);
	assert.equal(await visit(() => {}), other, "that is stored now");
});

test("C43 when consent is taken back, nothing stays, nothing more is recorded, and that is counted", async () => {
	const { answer } = at.collector;
	at.collector.answer = () => ({ status: 503 });
	const page = await at.open();
	await ready(page);
	await page.evaluate(async () => {
		for (const name of ["a", "b", "c"]) window.ripen.track(name);
		await window.ripen.flush();
		window.ripen.track("not written yet");
		window.ripen.setConsent("denied");
		window.ripen.track("after");
	});
	await until("erased", async () => Object.keys(await storedBy(page)).length === 0);
	at.collector.answer = answer;
	const health = await page.evaluate(() => window.ripen.flush());
	assert.deepEqual(health.dropped, { consent_denied: 5 });
	assert.deepEqual([health.consent, health.waiting], ["denied", 0]);
	assert.equal(await page.evaluate(() => window.ripen.view()), undefined);
	await page.evaluate(() => {
		window.ripen.setConsent("granted");
		window.ripen.track("again");
		return window.ripen.flush();
	});
	assert.deepEqual(names(), ["again"]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C43 with consent denied from the start, what an earlier page load stored is erased", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.track("a");
		return window.ripen.flush();
	});
	assert.deepEqual(Object.keys(await storedBy(page)), ["localStorage", "databases"]);
	await page.close();
	const next = await at.open({ consent: "denied" });
	await until("erased", async () => Object.keys(await storedBy(next)).length === 0);
	await next.evaluate(() => window.ripen.track("b"));
	assert.deepEqual(names(), ["a"]);
	assert.deepEqual(await storedBy(next), {});
});

test("C43 forget() leaves nothing in any place, in no tab, and asks the collector to erase", async () => {
	const [one, other] = [await at.open(), await at.open()];
	await ready(one);
	await ready(other);
	const { anonymousId } = await one.evaluate(async () => {
		const message = new Promise((resolve) => window.ripen.on("event", resolve));
		window.ripen.identify("ada");
		await window.ripen.flush();
		return message;
	});
	await other.evaluate(() => {
		window.ripen.track("elsewhere");
		return window.ripen.flush();
	});
	assert.equal(await one.evaluate(() => window.ripen.forget()), true);
	await until("erased", async () => Object.keys(await storedBy(one)).length === 0);
	assert.equal(at.collector.erasures.length, 1);
	const [{ sentAt, ...erasure }] = at.collector.erasures;
	assert.deepEqual(erasure, { writeKey: "wk", anonymousId, userId: "ada" });
	assert.ok(Date.parse(sentAt));
	await until("the other tab has heard", async () => (await healthOf(other)).consent === "denied");
	for (const page of [one, other]) await page.evaluate(() => window.ripen.track("too late"));
	await one.reload();
	assert.deepEqual(await errorsOf(other), []);
	assert.equal(names().includes("too late"), false);
});

test("C43 C12 forget() with a collector that is down erases here all the same, and says that it was not heard", async () => {
	const page = await at.open();
	await page.evaluate(() => {
		window.ripen.track("a");
		return window.ripen.flush();
	});
	at.collector.down = true;
	const [{ anonymousId }] = at.collector.kept();
	assert.equal(await page.evaluate(() => window.ripen.forget()), false);
	assert.deepEqual(await storedBy(page), {});
	// Asked again, it is still about them.
	at.collector.down = false;
	at.collector.erasures.length = 0;
	assert.equal(await page.evaluate(() => window.ripen.forget()), true);
	assert.deepEqual(
		at.collector.erasures.map((erasure) => erasure.anonymousId),
		[anonymousId],
	);
	assert.deepEqual(await storedBy(page), {});
	// Another page knows nobody any more.
	await page.reload();
	await page.evaluate(() => window.ripen.setConsent("denied"));
	assert.equal(await page.evaluate(() => window.ripen.forget()), false);
	assert.equal(at.collector.erasures.length, 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("C42 with Global Privacy Control nothing leaves, and a nudge is decided and shown from local state", async () => {
	await at.context.addInitScript(() => {
		Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
	});
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada");
		window.ripen.track("a");
		window.ripen.track("due", { nudge: "hint" });
		return window.ripen.flush();
	});
	await page.getByRole("region", { name: "A hint" }).waitFor();
	assert.equal(await page.evaluate(() => window.ripen.view().signals.events >= 3), true);
	await page.goto("about:blank");
	assert.deepEqual(batches(), []);

	const back = await at.open();
	await ready(back);
	// It is all still here.
	await back.waitForFunction(() => window.ripen.view()?.person === "ada");
	assert.equal((await healthOf(back)).mode, "off");
	await back.evaluate(() => window.ripen.track("due", { nudge: "talk" }));
	const dialog = back.getByRole("dialog");
	await dialog.getByLabel("Your name").fill("Ada");
	await dialog.getByLabel("Work e-mail").fill("ada@example.com");
	await dialog.getByRole("button", { name: "Ask for a call" }).click();
	await until("the form is there", () => names().length > 0);
	assert.deepEqual(names(), ["$lead_submitted"], "what the person submits leaves, and only that");
	const site = await at.open({ respectGpc: false });
	assert.equal((await healthOf(site)).mode, "events");
});

test("C42 what an earlier page load was still to send is held back once nothing may leave, and counted", async () => {
	const { answer } = at.collector;
	at.collector.answer = () => ({ status: 503 });
	// By a clock that stands still it tries again only as it goes; and the browser has nothing to send for it.
	await at.context.addInitScript(() => delete window.fetchLater);
	const page = await at.open({ clock: 1_000_000_000_000 });
	// While one sender takes over from another, none does as the page goes.
	await ready(page);
	await page.evaluate(() => {
		window.ripen.track("a");
		window.ripen.track("b");
		return window.ripen.flush();
	});
	const before = batches().length;
	await page.goto("about:blank");
	await until("tried as it went", () => batches().length > before);
	at.collector.answer = answer;
	at.collector.requests.length = 0;
	const next = await at.open({ mode: "off" });
	await until("held back", async () => (await healthOf(next)).dropped.held_back === 2);
	await next.evaluate(() => window.ripen.flush());
	assert.deepEqual(batches(), []);
	await ready(next);
	await next.waitForFunction(() => window.ripen.view()?.signals.events >= 2, undefined, { polling: 50 });
});

test("in mode signals raw events stay, also those of the host's that look like Ripen's, and nothing seems to be missing", async () => {
	const page = await at.open({ mode: "signals" });
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada", { secret: "trait" });
		window.ripen.track("$nudge_shown", { secret: "property" });
		window.ripen.track("due", { nudge: "hint", secret: "property" });
		window.ripen.page("Secret page");
		return window.ripen.flush();
	});
	await page.getByRole("region", { name: "A hint" }).waitFor();
	await page.evaluate(() => window.ripen.flush());
	await until("told", () => names().includes("$nudge_shown"));
	assert.ok(names().every((name) => name.startsWith("$")));
	assert.equal(/secret/i.test(JSON.stringify(batches())), false);
	const sequences = at.collector.kept().map(({ context }) => context.sequence);
	assert.deepEqual(sequences, [...sequences.keys()]);
	assert.equal(await page.evaluate(() => window.ripen.view().signals.events >= 4), true);
});

test("C24 C43 after reset() nothing evaluated of the last person stays, and what was to be sent is sent", async () => {
	const { answer } = at.collector;
	at.collector.answer = () => ({ status: 503 });
	const [page, other] = [await at.open(), await at.open()];
	await ready(page);
	await ready(other);
	await page.evaluate(() => {
		window.ripen.identify("ada", { plan: "secret" });
		window.ripen.track("a");
		return window.ripen.flush();
	});
	await other.waitForFunction(() => window.ripen.view()?.person === "ada");
	await page.evaluate(() => {
		window.ripen.track("not written yet");
		window.ripen.reset();
	});
	for (const each of [page, other]) {
		await ready(each);
		await until(
			"nobody is known",
			async () => (await each.evaluate(() => window.ripen.view())) === undefined,
		);
	}
	// What is tracked in the turn of the next one is the next person's.
	await page.evaluate(() => {
		window.ripen.reset();
		window.ripen.track("somebody else's");
	});
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 1);
	at.collector.answer = answer;
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	// In whatever order: a try of the first ones may have been on its way.
	assert.deepEqual(names().sort(), ["a", "identify", "not written yet", "somebody else's"]);
	assert.equal(people().length, 2);
	await page.reload();
	await ready(page);
	await page.waitForFunction(() => window.ripen.view()?.signals.events === 1);
	const left = () =>
		page.evaluate(
			() =>
				new Promise((resolve) => {
					indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
						const transaction = target.result.transaction(["events", "state"]);
						const all = ["events", "state"].map((name) => transaction.objectStore(name).getAll());
						transaction.oncomplete = () => {
							target.result.close();
							const text = new TextDecoder();
							resolve(
								JSON.stringify([all.map(({ result }) => result), { ...localStorage }], (_, value) =>
									value instanceof Uint8Array ? text.decode(value) : value,
								),
							);
						};
					};
				}),
		);
	// What was acknowledged as the page was loaded anew goes once that is known.
	await until("nothing is left of them", async () => !/ada|secret/.test(await left()));
	assert.deepEqual(await errorsOf(page), []);
});

test("C44 each key that is stored, and each request, stands in docs/privacy.md", async () => {
	const privacy = readFileSync(new URL("../../docs/privacy.md", import.meta.url), "utf8");
	at.collector.answer = () => ({ status: 503 });
	at.collector.snapshot = () => ({ status: 200, body: { tag: "t", asOf: 0, streams: {}, snapshot: "AAAA" } });
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.identify("ada", {}, { signature: "5".repeat(64) });
		window.ripen.track("due", { nudge: "hint" });
		window.ripen.page();
		return window.ripen.flush();
	});
	// Hidden, it would not ask.
	await until("told of the person", async () =>
		(await page.evaluate(() => window.localStorage.getItem("ripen:wk:person")))?.includes('"t"'),
	);
	await page.evaluate(() => {
		window.ripen.track("not written yet");
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
	});
	const { localStorage, databases, ...others } = await storedBy(page);
	const written = localStorage.map((key) =>
		key.replace("ripen:wk", "ripen:KEY").replace(/:[0-9A-Za-z]{22}$/, ":STREAM"),
	);
	assert.ok(written.length >= 6, written.join(" "));
	for (const key of written) assert.ok(privacy.includes(`\`${key}\``), key);
	assert.deepEqual([databases, others], [["ripen:wk"], {}]);
	for (const { path = "/v1/batch" } of at.collector.requests)
		assert.ok(privacy.includes(`HOST${path.replace("wk", "KEY")}`), path);
	const keys = await page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const request = target.result.transaction("state").objectStore("state").getAllKeys();
					request.onsuccess = () => resolve(request.result);
				};
			}),
	);
	for (const key of keys.filter((key) => typeof key === "string"))
		assert.ok(privacy.includes(`\`${key}\``), `state: ${key}`);
});

test("C44 what the host's hook and lists keep out is in no store and in no request", async () => {
	const page = await at.context.newPage();
	await page.route("**/page.mjs", (route) =>
		route.fulfill({
			contentType: "text/javascript",
			body: `import * as ripen from "/index.js";
				const warnings = [];
				ripen.init({
					writeKey: "wk",
					deny: ["email"],
					redact: (message) => message.event === "private" ? null : message,
					onWarning: (warning) => warnings.push(warning.code),
				});
				Object.assign(window, { ripen, warnings, seen: { errors: [] } });`,
		}),
	);
	await page.goto(at.origin);
	await page.waitForFunction(() => window.ripen);
	const health = await page.evaluate(() => {
		window.ripen.identify("ada", { email: "ada@example.com", plan: "free" });
		window.ripen.track("private", { secret: "ada@example.com" });
		window.ripen.track("fine");
		return window.ripen.flush();
	});
	assert.deepEqual(health.dropped, { redacted: 1 });
	assert.deepEqual(names(), ["identify", "fine"]);
	assert.deepEqual(at.collector.kept()[0].traits, { plan: "free" });
	assert.equal(JSON.stringify(batches()).includes("example.com"), false);
	const [{ taken, untaken }] = batches().at(-1).streams;
	assert.deepEqual([taken, untaken], [2, { redacted: 1 }], "the collector is told that something is missing");
});
