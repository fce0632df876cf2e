// What is wrong with a browser's storage, and what the stores do about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inStoresPage } from "./stores-site.mjs";

const at = await inStoresPage();

/** Runs in a page of its own. */
const inPage = (work, expected) => async () => {
	const page = await at.enter();
	assert.deepEqual(await page.evaluate(work), expected);
};

test(
	"C13 indexeddb: a write that the disk has no room for fails whole, by the right name, and the next one works",
	inPage(async () => {
		const { openStore, rowsOf, idsOf, problemOf } = window;
		const store = await openStore("indexeddb");
		await store.append(rowsOf(["before"]));
		const { transaction } = IDBDatabase.prototype;
		const { add } = IDBObjectStore.prototype;
		let count = 0;
		IDBObjectStore.prototype.add = function (row) {
			if (++count === 3) throw new DOMException("full", "QuotaExceededError");
			return add.call(this, row);
		};
		const thrown = await problemOf(store.append(rowsOf(["e0", "e1", "e2"])));
		IDBObjectStore.prototype.add = add;
		// As a browser that finds it out when it commits.
		IDBDatabase.prototype.transaction = function (...args) {
			const made = transaction.apply(this, args);
			Object.defineProperty(made, "error", { value: new DOMException("full", "QuotaExceededError") });
			made.commit = () => {};
			setTimeout(() => made.abort());
			const busy = () => {
				made.objectStore("events").count().onsuccess = busy;
			};
			busy();
			return made;
		};
		const aborted = await problemOf(store.append(rowsOf(["e3"])));
		IDBDatabase.prototype.transaction = transaction;
		await store.append(rowsOf(["after"]));
		return [thrown, aborted, idsOf(await store.rows(0))];
	}, ["quota", "quota", ["before", "after"]]),
);

test(
	"C13 localstorage: a batch that it has no room for fails whole, by the right name, and a smaller one works",
	inPage(async () => {
		const { openStore, row, rowsOf, idsOf, problemOf } = window;
		const store = await openStore("localstorage");
		await store.append(rowsOf(["before"]));
		// For real: all but a few hundred characters.
		for (let size = 2 ** 22; size >= 256; size /= 2)
			try {
				for (let i = 0; i < 3; i++) localStorage.setItem(`host ${size} ${i}`, "x".repeat(size));
			} catch {
				// That was too much: half of it.
			}
		const full = await problemOf(
			store.append([...rowsOf(["e0", "e1"]), row("e2", { big: "x".repeat(2_000) })]),
		);
		const left = idsOf(await store.rows(0));
		localStorage.removeItem("host 256 0");
		await store.append(rowsOf(["after"]));
		return [full, left, idsOf(await store.rows(0))];
	}, ["quota", ["before"], ["before", "after"]]),
);

for (const kind of ["indexeddb", "localstorage"])
	test(`C13 ${kind}: what is settled and what covers it are stored both or not at all`, async () => {
		const page = await at.enter();
		const result = await page.evaluate(async (kind) => {
			const { openStore, rowsOf, idsOf, problemOf } = window;
			const store = await openStore(kind);
			await store.append(rowsOf(["sent", "gone", "waits"]));
			const [sent, gone] = await store.rows(0);
			const { put } = IDBObjectStore.prototype;
			const { setItem } = Storage.prototype;
			IDBObjectStore.prototype.put = function (value, ...key) {
				const request = put.call(this, value, ...key);
				if (value.snapshot) {
					Object.defineProperty(this.transaction, "error", {
						value: new DOMException("full", "QuotaExceededError"),
					});
					this.transaction.abort();
				}
				return request;
			};
			Storage.prototype.setItem = function (name, value) {
				if (name.endsWith("snapshot")) throw new DOMException("full", "QuotaExceededError");
				return setItem.call(this, name, value);
			};
			const problem = await problemOf(
				store.settle([{ ...sent, sent: 1 }], [gone], { position: gone.key, snapshot: Uint8Array.of(1) }),
			);
			return [problem, idsOf(await store.rows(0)), typeof (await store.get("snapshot"))];
		}, kind);
		assert.deepEqual(result, ["quota", ["sent", "gone", "waits"], "undefined"]);
	});

test(
	"localstorage: given a page that is killed between the snapshot and the rows that it covers, then the next one ends that",
	inPage(async () => {
		const { openStore, rowsOf, idsOf, problemOf } = window;
		const store = await openStore("localstorage");
		await store.append(rowsOf(["gone", "waits"]));
		const [gone] = await store.rows(0);
		const { removeItem } = Storage.prototype;
		Storage.prototype.removeItem = () => {
			throw new Error("killed");
		};
		await problemOf(store.settle([], [gone], { position: gone.key, snapshot: Uint8Array.of(1) }));
		Storage.prototype.removeItem = removeItem;
		return idsOf(await (await openStore("localstorage", "b")).rows(0));
	}, ["waits"]),
);

for (const kind of ["indexeddb", "localstorage"])
	test(`${kind}: damaged rows are left out, counted once, and removed; the rest is read`, async () => {
		const page = await at.enter();
		const result = await page.evaluate(async (kind) => {
			const { openStore, row, rowsOf, idsOf } = window;
			const store = await openStore(kind);
			const bad = [
				{ json: "{" },
				{ json: "null" },
				{ json: '{"a":1}' },
				{ json: 7 },
				row("no time", { timestamp: "soon" }),
				row("no context", { context: null }),
			];
			await store.append([...rowsOf(["e0"]), ...bad, ...rowsOf(["e1"])]);
			if (kind === "localstorage") localStorage.setItem("ripen:wk:row:x", "neither key nor event");
			const two = await openStore(kind, "b");
			const read = idsOf(await store.rows(0));
			return [read, window.damaged, idsOf(await two.rows(0)), window.damaged];
		}, kind);
		const count = kind === "indexeddb" ? 6 : 7;
		assert.deepEqual(result, [["e0", "e1"], count, ["e0", "e1"], count]);
	});

test(
	"indexeddb: a row that cannot even be read is left out, counted, and removed; the rest is read",
	inPage(async () => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore("indexeddb");
		await store.append(rowsOf(["e0", "e1", "e2"]));
		const { getAll, get } = IDBObjectStore.prototype;
		IDBObjectStore.prototype.getAll = function (...range) {
			const failing = getAll.apply(this, range);
			Object.defineProperty(this.transaction, "error", { value: new DOMException("", "UnknownError") });
			this.transaction.commit = () => {};
			this.transaction.abort();
			return failing;
		};
		IDBObjectStore.prototype.get = function (key) {
			if (key === 2) throw new DOMException("", "DataCloneError");
			return get.call(this, key);
		};
		const read = idsOf(await store.rows(0));
		Object.assign(IDBObjectStore.prototype, { getAll, get });
		return [read, window.damaged, idsOf(await store.rows(0))];
	}, [["e0", "e2"], 1, ["e0", "e2"]]),
);

test(
	"indexeddb: a database without its stores is made anew, and keeps the events that can be read",
	inPage(async () => {
		const { openStore, row, rowsOf, idsOf } = window;
		await new Promise((resolve) => {
			const opening = indexedDB.open("ripen:wk");
			opening.onupgradeneeded = () => {
				const events = opening.result.createObjectStore("events", { autoIncrement: true, keyPath: "key" });
				for (const row of rowsOf(["e0", "e1"])) events.add(row);
				events.add({ json: "{" });
			};
			opening.onsuccess = () => {
				opening.result.close();
				resolve();
			};
		});
		const store = await openStore("indexeddb");
		await store.append([row("e2")]);
		return [idsOf(await store.rows(0)), await store.get("nothing")];
	}, [["e0", "e1", "e2"], undefined]),
);

test(
	"indexeddb: a database of a later version is left alone, and told by name",
	inPage(async () => {
		const { openStore, problemOf } = window;
		const open = (version) =>
			new Promise((resolve) => {
				const opening = indexedDB.open("ripen:wk", version);
				opening.onupgradeneeded = () => opening.result.createObjectStore("later").put("theirs", "key");
				opening.onsuccess = () => resolve(opening.result);
			});
		(await open(2)).close();
		const problem = await problemOf(openStore("indexeddb"));
		const later = await open();
		const reading = later.transaction("later").objectStore("later").get("key");
		await new Promise((resolve) => {
			reading.onsuccess = resolve;
		});
		return [problem, later.version, reading.result];
	}, ["future_version", 2, "theirs"]),
);

test("indexeddb: a later version in another tab is not kept waiting; this tab is told by name", async () => {
	const [one, two] = [await at.enter(), await at.enter()];
	await one.evaluate(async () => {
		window.store = await window.openStore("indexeddb");
	});
	await two.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk", 2).onsuccess = resolve;
			}),
	);
	assert.equal(await one.evaluate(() => window.problemOf(window.store.rows(0))), "future_version");
});

test("indexeddb: a database that another page blocks is waited for, not for ever, and let go of when it does come", async () => {
	const [holder, page] = [await at.enter(), await at.enter()];
	await holder.evaluate(async () => {
		await new Promise((resolve) => {
			indexedDB.open("ripen:wk", 1).onsuccess = ({ target }) => {
				window.held = target.result;
				resolve();
			};
		});
		// It waits for whoever holds it; and whoever comes waits for it.
		window.deleting = indexedDB.deleteDatabase("ripen:wk");
		await new Promise((resolve) => {
			window.deleting.onblocked = resolve;
		});
	});
	await page.evaluate(() => {
		window.problem = "none yet";
		window.problemOf(window.openStore("indexeddb")).then((problem) => {
			window.problem = problem;
		});
	});
	for (let second = 0; second < 9; second++) await page.evaluate(() => window.clock.move(1_000));
	// However far the clock leaps: it is one of ten.
	assert.equal(await page.evaluate(() => window.problem), "none yet");
	await page.evaluate(() => window.clock.move(86_400_000));
	await page.waitForFunction(() => window.problem === "timeout");
	await holder.evaluate(
		() =>
			new Promise((resolve) => {
				window.deleting.onsuccess = resolve;
				window.held.close();
			}),
	);
	// Nobody holds it open any more: what came too late was closed.
	const erased = await holder.evaluate(
		() =>
			new Promise((resolve) => {
				const deleting = indexedDB.deleteDatabase("ripen:wk");
				deleting.onsuccess = () => resolve(true);
				deleting.onblocked = () => resolve(false);
			}),
	);
	assert.equal(erased, true);
});

test(
	"C13 stores that are missing, or throw, are told by name",
	inPage(async () => {
		const { openStore, problemOf } = window;
		const { setItem } = Storage.prototype;
		Storage.prototype.setItem = () => {
			throw new DOMException("full", "QuotaExceededError");
		};
		const full = await problemOf(openStore("localstorage"));
		Storage.prototype.setItem = setItem;
		Object.defineProperty(window, "localStorage", {
			get() {
				throw new DOMException("denied", "SecurityError");
			},
		});
		const denied = await problemOf(openStore("localstorage"));
		IDBFactory.prototype.open = () => {
			throw new DOMException("denied", "SecurityError");
		};
		const throwing = await problemOf(openStore("indexeddb"));
		Object.defineProperty(window, "indexedDB", { value: undefined });
		return [full, denied, throwing, await problemOf(openStore("indexeddb"))];
	}, ["quota", "unavailable", "unavailable", "unavailable"]),
);
