// Many tabs are one: what they track arrives once, whichever of them lives; they agree on the person and the view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, ready, until } from "./browser.mjs";
import { inChromiumForReal, stateOf } from "./real.mjs";

const at = inChromiumForReal();
const playbook = { signals: { all: { count: "*" } } };
/** What the pages track: Ripen tells a digest a day besides. */
const isOfPage = ({ event }) => event?.[0] !== "$";
const events = () => at.collector.kept().filter(isOfPage);
/** On the wire. */
const ids = () => at.collector.events.filter(isOfPage).map(({ messageId }) => messageId);

/** A tab with an engine and the clock of the system. */
async function tab(init) {
	at.collector.playbook = undefined;
	const page = await at.open({ playbook, ...init });
	await ready(page);
	return page;
}
const tabs = (count, init) => Promise.all(Array.from({ length: count }, () => tab(init)));
/** Whether a tab has the lock of the one that sends. */
const leads = (page) =>
	page.evaluate(async () => {
		const own = crypto.randomUUID();
		const { held } = await navigator.locks.request(own, () => navigator.locks.query());
		const { clientId } = held.find(({ name }) => name === own);
		return held.some((lock) => lock.name === "ripen:wk" && lock.clientId === clientId);
	});
/** The tab that sends, and the others. */
async function byRole(pages) {
	const found = await Promise.all(pages.map(async (page) => ({ page, leads: await leads(page) })));
	const leaders = found.filter(({ leads }) => leads).map(({ page }) => page);
	assert.equal(leaders.length, 1, "one tab sends");
	return { leader: leaders[0], others: pages.filter((page) => page !== leaders[0]) };
}
/** Ends a tab without a word, as the system does when memory is short. */
async function kill(page) {
	const session = await at.context.newCDPSession(page);
	const crashed = new Promise((resolve) => page.on("crash", resolve));
	session.send("Page.crash").catch(() => {});
	await crashed;
}

test("C15 given 8 tabs of 1,000 events each, then 8,000 arrive, and none is sent twice", async () => {
	// Without a playbook: what is late among others' events would be folded anew each time, which takes far longer than to send it.
	at.collector.playbook = undefined;
	const pages = await Promise.all(Array.from({ length: 8 }, () => at.open()));
	await Promise.all(
		pages.map((page, tab) =>
			page.evaluate(async (tab) => {
				for (let i = 0; i < 1_000; i++) {
					window.ripen.track(`tab${tab}`, { i });
					// As a page does it: not all in one turn.
					if (i % 100 === 99) await new Promise((resolve) => setTimeout(resolve));
				}
				await window.ripen.flush();
			}, tab),
		),
	);
	await until("all arrive", () => new Set(ids()).size === 8_000);
	for (const page of pages) await until("settled", async () => (await healthOf(page)).waiting === 0);
	assert.equal(ids().length, 8_000, "none is kept twice");
	const sent = at.collector.requests.flatMap(({ batch }) => batch?.batch ?? []);
	assert.equal(sent.length, 8_000, "none is on the wire twice");
	assert.equal((await Promise.all(pages.map(errorsOf))).flat().length, 0);
});

test("C33 all tabs fold the same, whichever of them tracked it", async () => {
	const pages = await tabs(4);
	await Promise.all(
		pages.map((page) =>
			page.evaluate(() => {
				for (let i = 0; i < 25; i++) window.ripen.track("one", { i });
			}),
		),
	);
	for (const page of pages) await page.waitForFunction(() => window.ripen.view()?.signals.all === 100);
	const views = await Promise.all(
		pages.map((page) => page.evaluate(() => ({ ...window.ripen.view(), at: 0 }))),
	);
	for (const view of views) assert.deepEqual(view, views[0]);
});

test("C15 given the tab that sends is killed, then another goes on within seconds, and nothing is lost", async () => {
	const pages = await tabs(3);
	at.collector.down = true;
	// Only while there is something to send one of them leads.
	await pages[0].evaluate(() => {
		for (let i = 0; i < 50; i++) window.ripen.track("before");
		return window.ripen.flush();
	});
	const { leader, others } = await byRole(pages);
	await kill(leader);
	at.collector.down = false;
	const began = Date.now();
	await others[0].evaluate(() => {
		window.ripen.track("after");
		return window.ripen.flush();
	});
	await until("all arrive", () => new Set(ids()).size === 51);
	assert.ok(Date.now() - began < 30_000, `${Date.now() - began} ms`);
	for (const page of others) await until("settled", async () => (await healthOf(page)).waiting === 0);
	// The browser may have sent for the killed tab what that had left with it (`fetchLater`), under the same ids.
	assert.equal(new Set(ids()).size, 51);
});

test("C16 C24 what one tab says of the person holds in all: identify, reset", async () => {
	const pages = await tabs(3);
	const [one, two, three] = pages;
	const of = (page) =>
		page.evaluate(() => {
			const { person, signals, traits } = window.ripen.view() ?? {};
			return { person, all: signals?.all, plan: traits?.user.plan };
		});
	await one.evaluate(() => window.ripen.identify("ada", { plan: "pro" }));
	for (const page of pages)
		await page.waitForFunction(
			() => window.ripen.view()?.traits.user.plan === "pro" && window.ripen.view().state === "current",
		);
	for (const page of pages) assert.deepEqual(await of(page), { person: "ada", all: 0, plan: "pro" });
	await two.evaluate(() => window.ripen.reset());
	for (const page of pages) await page.waitForFunction(() => window.ripen.view()?.person !== "ada");
	const session = await three.evaluate(
		() =>
			new Promise((resolve) => {
				window.ripen.on("event", ({ context }) => resolve(context.sessionId));
				window.ripen.track("anew");
			}),
	);
	for (const page of pages) await page.waitForFunction(() => window.ripen.view()?.signals.all === 1);
	// localStorage takes its time from process to process.
	await one.waitForFunction((id) => localStorage.getItem("ripen:wk:session")?.startsWith(id), session);
	const views = await Promise.all(pages.map(of));
	assert.notEqual(views[0].person, "ada");
	for (const view of views) assert.deepEqual(view, views[0]);
	await one.evaluate(() => window.ripen.track("last"));
	for (const page of pages) await page.evaluate(() => window.ripen.flush());
	await until("all arrive", () => ids().length === 3);
	const [first, anew, last] = ["identify", "anew", "last"].map((name) =>
		events().find(({ event, type }) => (event ?? type) === name),
	);
	assert.equal(anew.anonymousId, last.anonymousId);
	assert.equal(anew.context.sessionId, last.context.sessionId);
	assert.notEqual(anew.anonymousId, first.anonymousId);
});

test("C09 a tab that has nothing to send has no lock and waits for none, since Firefox keeps no such page", async () => {
	const pages = await tabs(2);
	for (const page of pages)
		await page.evaluate(() => {
			window.ripen.track("one");
			return window.ripen.flush();
		});
	const locks = async () => {
		const { held, pending } = await pages[0].evaluate(() => navigator.locks.query());
		return [...held, ...pending].length;
	};
	await until("no lock is left", async () => (await locks()) === 0);
	at.collector.down = true;
	await pages[1].evaluate(() => {
		window.ripen.track("two");
		return window.ripen.flush();
	});
	assert.ok((await locks()) > 0, "who has something to send does");
});

/** The database does not open until the test lets it: what this page takes, it can only spill. */
const holdDatabase = () => {
	const { open } = IDBFactory.prototype;
	const go = new Promise((resolve) => {
		window.letGo = resolve;
	});
	IDBFactory.prototype.open = function (...named) {
		let real;
		const asked = {
			get result() {
				return real.result;
			},
			get transaction() {
				return real.transaction;
			},
		};
		go.then(() => {
			real = open.apply(this, named);
			for (const name of ["onupgradeneeded", "onblocked", "onerror", "onsuccess"])
				real[name] = (event) => asked[name]?.(event);
		});
		return asked;
	};
};

test("C05 what a living tab has spilled is its own; what a dead one has is taken over once, by one of two", async () => {
	at.collector.playbook = undefined;
	const living = await at.context.newPage();
	await living.addInitScript(holdDatabase);
	await living.goto(`${at.origin}?init=${encodeURIComponent(JSON.stringify({ playbook }))}`);
	await living.waitForFunction(() => window.ripen);
	const spills = () =>
		living.evaluate(
			() => Object.keys(localStorage).filter((key) => key.startsWith("ripen:wk:spill:")).length,
		);
	at.collector.down = true;
	// What goes when the page hides is refused, and over, before there is a collector again.
	const refused = living.waitForEvent("requestfailed", (request) => request.url().endsWith("/v1/batch"));
	await living.evaluate(() => {
		window.ripen.track("living");
		Object.defineProperty(document, "hidden", { configurable: true, value: true });
		document.dispatchEvent(new Event("visibilitychange"));
		const [spill] = Object.keys(localStorage).filter((key) => key.startsWith("ripen:wk:spill:"));
		const event = JSON.parse(JSON.parse(localStorage.getItem(spill))[0]);
		const stream = "gonegonegonegonegone12";
		const context = { ...event.context, stream, sequence: 0 };
		const left = { ...event, event: "dead", messageId: `${stream}-00000`, context };
		localStorage.setItem(`ripen:wk:spill:${stream}`, JSON.stringify([JSON.stringify(left)]));
	});
	assert.equal(await spills(), 2);
	await refused;
	at.collector.down = false;
	const others = await Promise.all([1, 2].map(() => tab()));
	await until("taken over", async () => (await spills()) === 1);
	for (const page of others) {
		await page.evaluate(() => window.ripen.flush());
		await page.waitForFunction(() => window.ripen.view()?.signals.all === 1);
	}
	assert.deepEqual(
		events().map(({ event }) => event),
		["dead"],
	);
	await living.evaluate(() => window.letGo());
	await ready(living);
	await living.evaluate(() => window.ripen.flush());
	for (const page of [living, ...others])
		await page.waitForFunction(() => window.ripen.view()?.signals.all === 2);
	await until("both arrive", () => ids().length >= 2);
	assert.deepEqual(
		events().map(({ event }) => event),
		["dead", "living"],
	);
	assert.equal(await spills(), 0);
});

test("C05 what stands twice in the journal is folded once, also by a page load that goes on from a snapshot", async () => {
	const page = await tab();
	await page.evaluate(() => {
		window.ripen.track("one");
		window.ripen.track("two");
		return window.ripen.flush();
	});
	await until("covered", async () => (await stateOf(page)).events === 0);
	const { past } = await stateOf(page);
	const copies = past.map(({ json }) => json).filter((json) => /"event":"(one|two)"/.test(json));
	assert.equal(copies.length, 2);
	// As a tab does that took over too much: the same events under new keys.
	await page.evaluate(
		(copies) =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction("events", "readwrite");
					for (const json of copies) transaction.objectStore("events").add({ json });
					transaction.oncomplete = () => {
						target.result.close();
						resolve();
					};
				};
			}),
		copies,
	);
	for (let load = 0; load < 2; load++) {
		await page.reload();
		await ready(page);
		assert.equal(await page.evaluate(() => window.ripen.view().signals.all), 2);
		await page.evaluate(() => window.ripen.flush());
	}
	assert.equal(new Set(ids()).size, 2);
});
