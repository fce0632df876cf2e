// A page whose storage fails it: what becomes of its events.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const kept = () => at.collector.kept();
const names = () => kept().map(({ event }) => event);
const track = (page, ...events) =>
	page.evaluate((events) => {
		for (const event of events) window.ripen.track(event);
		return window.ripen.flush();
	}, events);
const withoutIndexedDb = () =>
	at.context.addInitScript(() => {
		if (!sessionStorage.getItem("works"))
			Object.defineProperty(globalThis, "indexedDB", { value: undefined });
	});
const blank = async () => {
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/hand-clock.mjs`);
	return page;
};
/** Lets seconds pass until `holds`: a store that does not answer is given ten. */
async function waitOut(page, holds) {
	await until("out of patience", async () => {
		await page.evaluate(() => window.clock.move(1_000));
		return holds(await healthOf(page));
	});
}

test("C13 given no IndexedDB, then two tabs share localStorage, one sends, and a reload finds what waits", async () => {
	await withoutIndexedDb();
	const [one, two] = [await at.open(), await at.open()];
	for (const page of [one, two]) await ready(page);
	at.collector.down = true;
	await Promise.all([track(one, "a", "b"), track(two, "c", "d")]);
	await one.reload();
	await one.waitForFunction(() => window.ripen);
	at.collector.down = false;
	await Promise.all([one, two].map((page) => page.evaluate(() => window.ripen.flush())));
	for (const page of [one, two]) await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names().sort(), ["a", "b", "c", "d"]);
	await until("folded by both", async () =>
		(
			await Promise.all([one, two].map((page) => page.evaluate(() => window.ripen.view()?.names.length)))
		).every((count) => count === 4),
	);
	// What was folded is known to the next page load, as from IndexedDB.
	const three = await at.open();
	await ready(three);
	await three.waitForFunction(() => window.ripen.view()?.names.length === 4);
	assert.deepEqual(await errorsOf(one), []);
});

test("C13 given IndexedDB again, then what waits in localStorage is taken over, and nothing counts twice", async () => {
	await withoutIndexedDb();
	at.collector.down = true;
	const page = await at.open();
	await track(page, "a", "b");
	assert.equal((await healthOf(page)).store, "localstorage");
	await page.evaluate(() => sessionStorage.setItem("works", "1"));
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	const health = await track(page, "c");
	assert.deepEqual([health.store, health.storage], ["indexeddb", undefined]);
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names().sort(), ["a", "b", "c"]);
	assert.deepEqual(
		await page.evaluate(() => Object.keys(localStorage).filter((key) => /:(row|spill):/.test(key))),
		[],
	);
});

test("C13 given a disk that is full in mid-write, then the past makes room; and where that is not enough, localStorage has it", async () => {
	const page = await at.open();
	await ready(page);
	// What the past would be.
	await track(page, ...Array.from({ length: 20 }, (_, i) => `before ${i}`));
	at.collector.down = true;
	const pastIn = () =>
		page.evaluate(
			() =>
				new Promise((resolve) => {
					indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
						const range = IDBKeyRange.bound(0, 2 ** 40);
						const counting = target.result.transaction("state").objectStore("state").count(range);
						counting.onsuccess = () => {
							target.result.close();
							resolve(counting.result);
						};
					};
				}),
		);
	await until("a past", async () => (await pastIn()) > 0);
	await page.evaluate(() => {
		const { add } = IDBObjectStore.prototype;
		window.room = 1;
		IDBObjectStore.prototype.add = function (row) {
			if (window.room-- <= 0) return add.call(this, row);
			throw new DOMException("full", "QuotaExceededError");
		};
	});
	const tried = await track(page, "fits then");
	assert.deepEqual([tried.store, tried.waiting], ["indexeddb", 1]);
	assert.equal(await pastIn(), 0);
	await page.evaluate(() => {
		window.room = 1e9;
	});
	const fell = await track(page, "does not", "neither");
	assert.deepEqual([fell.store, fell.storage, fell.waiting], ["localstorage", "quota", 3]);
	assert.equal(
		await page.evaluate(
			() => Object.keys(localStorage).filter((key) => key.startsWith("ripen:wk:row:")).length,
		),
		3,
		"what waited in IndexedDB is there, too",
	);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names().slice(-3), ["fits then", "does not", "neither"]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C13 given a real quota, then not an event is lost that is not counted", async () => {
	const session = await at.context.newCDPSession(await blank());
	// Before it is asked for the first time: the answer is good for half a minute.
	await session.send("Storage.overrideQuotaForOrigin", { origin: at.origin, quotaSize: 60_000 });
	at.collector.down = true;
	const page = await at.open();
	await track(page, "before");
	const health = await page.evaluate(() => {
		for (let i = 0; i < 20; i++) window.ripen.track(`big ${i}`, { text: "x".repeat(5_000) });
		return window.ripen.flush();
	});
	assert.deepEqual([health.store, health.storage, health.waiting], ["localstorage", "quota", 21]);
	await session.send("Storage.overrideQuotaForOrigin", { origin: at.origin });
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.equal(kept().length, 21);
	assert.deepEqual((await healthOf(page)).dropped, {});
});

for (const [how, error] of [
	["refuses", "InvalidStateError"],
	["aborts", "AbortError"],
])
	test(`C13 given a database that the browser is closing, and ${how} before it says so, then it opens anew`, async () => {
		const page = await at.open();
		await ready(page);
		await page.evaluate((error) => {
			const { transaction } = IDBDatabase.prototype;
			IDBDatabase.prototype.transaction = function (...args) {
				const [, mode] = args;
				if (mode !== "readwrite") return transaction.apply(this, args);
				IDBDatabase.prototype.transaction = transaction;
				if (error === "InvalidStateError") throw new DOMException("closing", error);
				const made = transaction.apply(this, args);
				Object.defineProperty(made, "error", { value: new DOMException("closing", error) });
				queueMicrotask(() => made.abort());
				return made;
			};
		}, error);
		await track(page, "a");
		const { store, storage, dropped } = await healthOf(page);
		assert.deepEqual([store, storage, dropped], ["indexeddb", undefined, {}]);
		assert.deepEqual(
			kept().map(({ event }) => event),
			["a"],
		);
	});

test("C13 given a user who clears the site's data while the page is open, then it opens anew, with what waits", async () => {
	const [page, other] = [await at.open(), await at.open()];
	for (const each of [page, other]) await ready(each);
	at.collector.down = true;
	await track(page, "a", "b");
	await until("known", async () => (await healthOf(other)).waiting === 2);
	const session = await at.context.newCDPSession(page);
	await session.send("Storage.clearDataForOrigin", { origin: at.origin, storageTypes: "indexeddb" });
	await Promise.all([track(page, "c"), track(other, "d")]);
	for (const each of [page, other]) {
		const { store, storage } = await healthOf(each);
		assert.deepEqual([store, storage], ["indexeddb", undefined]);
		await until("all known to both", async () => (await healthOf(each)).waiting === 4);
	}
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	for (const each of [page, other]) await each.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(
		kept()
			.map(({ event }) => event)
			.sort(),
		["a", "b", "c", "d"],
	);
});

test("C13 given a transaction that never ends, then localStorage has it after a while; what was written after all counts once", async () => {
	const page = await at.open({ clock: 1_770_000_000_000 });
	await ready(page);
	at.collector.down = true;
	await page.evaluate(() => {
		const { transaction } = IDBDatabase.prototype;
		IDBDatabase.prototype.transaction = function (...args) {
			const made = transaction.apply(this, args);
			// It is written, and nobody is told.
			Object.defineProperty(made, "oncomplete", { set() {} });
			return made;
		};
		window.ripen.track("hung");
		window.ripen.track("too");
	});
	await waitOut(page, ({ store }) => store === "localstorage");
	await until("written", async () => (await healthOf(page)).waiting === 2);
	assert.equal((await healthOf(page)).storage, "timeout");
	await page.close();
	const next = await at.open();
	at.collector.down = false;
	await next.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(next)).waiting === 0);
	assert.deepEqual([(await healthOf(next)).store, names()], ["indexeddb", ["hung", "too"]]);
});

test("C13 given a database that another page blocks, then localStorage has the events; unblocked, nothing is lost", async () => {
	at.collector.down = true;
	const holder = await blank();
	await holder.evaluate(async () => {
		await new Promise((resolve) => {
			indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
				window.held = target.result;
				resolve();
			};
		});
		window.deleting = indexedDB.deleteDatabase("ripen:wk");
	});
	const page = await at.open({ clock: 1_770_000_000_000 });
	await page.evaluate(() => window.ripen.track("blocked"));
	await waitOut(page, ({ store }) => store === "localstorage");
	assert.equal((await healthOf(page)).storage, "timeout");
	await until("written", async () => (await healthOf(page)).waiting === 1);
	await holder.evaluate(() => window.held.close());
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	const health = await track(page, "after");
	assert.equal(health.store, "indexeddb");
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual(names().sort(), ["after", "blocked"]);
});

test("C13 given a database of a newer Ripen, then it is left alone, and localStorage has the events", async () => {
	const other = await blank();
	const version = (wanted) =>
		other.evaluate(
			(wanted) =>
				new Promise((resolve) => {
					indexedDB.open("ripen:wk", wanted).onsuccess = ({ target }) => {
						target.result.close();
						resolve(target.result.version);
					};
				}),
			wanted,
		);
	await version(2);
	const page = await at.open();
	const health = await track(page, "a");
	assert.deepEqual([health.store, health.storage, health.waiting], ["localstorage", "future_version", 0]);
	assert.equal(await version(), 2);
	assert.deepEqual(names(), ["a"]);
	await page.waitForFunction(() => window.seen.warnings.length > 0);
	const texts = await page.evaluate(() => window.seen.warnings.map(({ message }) => message).join());
	assert.match(texts, /localstorage.*future_version/);
});

test("given damaged rows, then they are counted and told, and the others arrive", async () => {
	at.collector.down = true;
	const page = await at.open();
	await track(page, "good");
	await page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction("events", "readwrite");
					transaction.objectStore("events").add({ json: "{" });
					transaction.oncomplete = resolve;
				};
			}),
	);
	await page.reload();
	await page.waitForFunction(() => window.ripen);
	at.collector.down = false;
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual([names(), (await healthOf(page)).dropped], [["good"], { unreadable: 1 }]);
	await page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "unreadable"));
});

test("C14 given no IndexedDB and a collector that never answers, then two tabs together stay far below the site's quota", async () => {
	await withoutIndexedDb();
	const [one, two] = [await at.open(), await at.open()];
	await Promise.all([one, two].map(ready));
	at.collector.down = true;
	// The senders would hold what is in flight.
	for (const page of [one, two])
		await page.evaluate(() => {
			globalThis.ripenHolds = true;
		});
	for (let round = 1; round <= 8; round++) {
		for (const page of [one, two])
			await page.evaluate(() => {
				for (let i = 0; i < 100; i++) window.ripen.track("e", { text: "x".repeat(600) });
			});
		await until("each is waiting, or counted once", async () => {
			const [first, second] = [await healthOf(one), await healthOf(two)];
			const lost = (first.dropped.queue_full ?? 0) + (second.dropped.queue_full ?? 0);
			return first.waiting === second.waiting && lost + first.waiting === round * 200;
		});
	}
	assert.ok((await healthOf(one)).waiting < 600);
	const used = () =>
		one.evaluate(() => Object.entries(localStorage).reduce((sum, pair) => sum + 2 * pair.join("").length, 0));
	await until("within", async () => (await used()) < 1_200_000);
	// The site's own still fits.
	await one.evaluate(() => localStorage.setItem("host", "x".repeat(1_000_000)));
});
