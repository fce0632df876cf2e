// One contract for every store.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./browser.mjs";
import { inStoresPage } from "./stores-site.mjs";

const at = await inStoresPage();
const kinds = ["indexeddb", "localstorage", "memory"];
const shared = kinds.filter((kind) => kind !== "memory");

/** A test for each of these stores. `work` runs in the page. */
function each(of, name, work, expected) {
	for (const kind of of)
		test(`${kind}: ${name}`, async () => {
			const page = await at.enter();
			assert.deepEqual(await page.evaluate(work, kind), expected);
		});
}

each(
	kinds,
	"rows come back in the order of keys that increase, after any key",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore(kind);
		await store.append(rowsOf(["e0", "e1"]));
		await store.append([...rowsOf(["e2"]), { ...window.row("stays"), sent: 1 }]);
		const rows = await store.rows(0);
		const increase = rows.every(({ key }, i) => i === 0 || key > rows[i - 1].key);
		return [store.kind === kind, idsOf(rows), increase, idsOf(await store.rows(rows[1].key))];
	},
	[true, ["e0", "e1", "e2", "stays sent"], true, ["e2", "stays sent"]],
);

for (const kind of shared)
	test(`${kind}: keys increase over two tabs, each reads what the other wrote, and neither overwrites`, async () => {
		const [one, two] = [await at.enter(), await at.enter()];
		for (const [page, stream] of [
			[one, "a"],
			[two, "b"],
		])
			await page.evaluate(
				async ([kind, stream]) => {
					window.store = await window.openStore(kind, stream);
				},
				[kind, stream],
			);
		const write = (page, ids) => page.evaluate((ids) => window.store.append(window.rowsOf(ids)), ids);
		const read = (page, after = 0) =>
			page.evaluate(
				async (after) =>
					(await window.store.rows(after)).map(({ key, json }) => [key, JSON.parse(json).event]),
				after,
			);
		// localStorage takes its time from tab to tab: what has not come yet is not what was not read.
		const reads = (page, count) =>
			until("what the other wrote is there", async () => (await read(page)).length === count);
		await write(one, ["e0"]);
		await reads(two, 1);
		await write(two, ["e1"]);
		await reads(one, 2);
		await write(one, ["e2", "e3"]);
		await reads(two, 4);
		const rows = await read(two);
		assert.deepEqual(
			rows.map(([, event]) => event),
			["e0", "e1", "e2", "e3"],
		);
		assert.deepEqual(await read(one), rows);
		// At one moment: nothing is lost, whatever the order.
		await Promise.all(Array.from({ length: 20 }, (_, i) => write(i % 2 ? one : two, [`at once ${i}`])));
		const [, , , [last]] = rows;
		for (const page of [one, two]) {
			// One whose key is below the last is told once: the journal keeps what it has read.
			const keys = new Set();
			await until("all are there", async () => {
				for (const [key] of await read(page, last)) keys.add(key);
				return keys.size === 20;
			});
		}
	});

test("C13 localstorage: where another tab, at the same moment, sets the newest key back, what follows here overwrites nothing, and is not left out", async () => {
	const page = await at.enter();
	const read = await page.evaluate(async () => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore("localstorage");
		await store.append(rowsOf(["before"]));
		localStorage.setItem("ripen:wk:state:newest", "0");
		await store.append(rowsOf(["after"]));
		return idsOf(await store.rows(0));
	});
	assert.deepEqual(read, ["before", "after"]);
});

test("localstorage: of two tabs at one moment, the one whose key is lower is read, too", async () => {
	const page = await at.enter();
	const read = await page.evaluate(async () => {
		const { openStore, row, rowsOf, idsOf } = window;
		const store = await openStore("localstorage");
		await store.append(rowsOf(["first", "mine"]));
		const [first, mine] = await store.rows(0);
		localStorage.setItem(`ripen:wk:row:${first.key + 1}:b`, row("theirs").json);
		// With the very bits of this tab.
		localStorage.setItem(`ripen:wk:row:${mine.key}:c`, row("same").json);
		const late = await store.rows(mine.key);
		return [
			idsOf(late),
			new Set([first, mine, ...late].map(({ key }) => key)).size,
			idsOf(await store.rows(mine.key + 1)),
		];
	});
	assert.deepEqual(read, [["theirs", "same"], 4, []]);
});

each(
	kinds,
	"C08 what is appended is there for another handle as soon as the promise resolves",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const order = [];
		const { transaction } = IDBDatabase.prototype;
		IDBDatabase.prototype.transaction = function (...args) {
			const made = transaction.apply(this, args);
			made.addEventListener("complete", () => order.push("complete"));
			return made;
		};
		const store = await openStore(kind);
		await store.append(rowsOf(["e0"])).then(() => order.push("resolved"));
		const other = kind === "memory" ? store : await openStore(kind, "b");
		return [
			order.join() === (kind === "indexeddb" ? "complete,resolved" : "resolved"),
			idsOf(await other.rows(0)),
		];
	},
	[true, ["e0"]],
);

each(
	kinds,
	"what is settled is marked or gone, and what covers it is stored with that",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore(kind);
		await store.append(rowsOf(["sent", "gone", "waits"]));
		const [sent, gone] = await store.rows(0);
		const cover = (position) => ({ position, snapshot: Uint8Array.of(0, 255, position % 251) });
		await store.settle([{ ...sent, sent: 1 }], [gone], cover(gone.key));
		const after = idsOf(await store.rows(0));
		const first = await store.get("snapshot");
		await store.settle([], [], cover(sent.key));
		const second = await store.get("snapshot");
		return [
			after,
			[...first.snapshot].slice(0, 2),
			first.snapshot instanceof Uint8Array,
			first.position === gone.key,
			second.position === gone.key,
		];
	},
	[["sent sent", "waits"], [0, 255], true, true, true],
);

each(
	kinds,
	"state is put and got, bytes too, and what is absent is undefined",
	async (kind) => {
		const store = await window.openStore(kind);
		await store.put("playbook", Uint8Array.of(1, 2, 3));
		await store.put("id", "ä");
		return [[...(await store.get("playbook"))], await store.get("id"), typeof (await store.get("nothing"))];
	},
	[[1, 2, 3], "ä", "undefined"],
);

each(
	kinds,
	"what is removed is told once, whoever asks",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const one = await openStore(kind);
		const two = kind === "memory" ? one : await openStore(kind, "b");
		await one.append(rowsOf(["e0", "e1", "e2"]));
		const keys = (await one.rows(0)).map(({ key }) => key);
		await two.rows(0);
		const removed = await Promise.all([one.remove(keys.slice(0, 2)), two.remove(keys.slice(0, 2))]);
		return [removed.flat().length, idsOf(await two.rows(0))];
	},
	[2, ["e2"]],
);

each(
	kinds,
	"rows of another store keep their keys and their order; the keys that follow are higher",
	async (kind) => {
		const { openStore, row, rowsOf, idsOf } = window;
		const store = await openStore(kind);
		await store.adopt(
			[
				{ key: 7, ...row("seven") },
				{ key: 9, ...row("nine") },
			],
			12,
		);
		await store.append(rowsOf(["new"]));
		const rows = await store.rows(0);
		return [idsOf(rows), rows[0].key, rows[1].key, rows[2].key > 12];
	},
	[["seven", "nine", "new"], 7, 9, true],
);

each(
	shared,
	"given two tabs that take the same rows over, then each is there once; and none takes the place of another event",
	async (kind) => {
		const { openStore, row, idsOf } = window;
		const rows = [{ key: 7, ...row("seven") }];
		const one = await openStore(kind);
		const two = await openStore(kind, "b");
		await one.adopt(rows, 7);
		await two.adopt(rows, 7);
		const first = idsOf(await two.rows(0));
		if (kind === "indexeddb") await two.adopt([{ key: 7, ...row("another") }], 7);
		return [first, idsOf(await one.rows(0))[0]];
	},
	[["seven"], "seven"],
);

each(
	kinds,
	"C24 after forget what waits is there, what was sent and what was known is not",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore(kind);
		await store.append(rowsOf(["sent", "waits"]));
		const [sent, waits] = await store.rows(0);
		await store.settle([{ ...sent, sent: 1 }], [], { position: sent.key, snapshot: Uint8Array.of(1) });
		await store.put("playbook", "p");
		await store.forget();
		const { position, snapshot } = await store.get("snapshot");
		return [
			idsOf(await store.rows(0)),
			position >= waits.key,
			typeof snapshot,
			typeof (await store.get("playbook")),
		];
	},
	[["waits"], true, "undefined", "undefined"],
);

each(
	kinds,
	"C43 after erase nothing is left",
	async (kind) => {
		const { openStore, rowsOf } = window;
		const store = await openStore(kind);
		await store.append(rowsOf(["e0"]));
		await store.settle([], [], { position: 1, snapshot: Uint8Array.of(1) });
		await store.put("playbook", "p");
		await store.erase();
		return [await indexedDB.databases(), Object.keys(localStorage)];
	},
	[[], []],
);

each(
	kinds,
	"the past up to a position is what is here of it",
	async (kind) => {
		const { openStore, rowsOf, idsOf } = window;
		const store = await openStore(kind);
		await store.append(rowsOf(["e0", "e1", "e2"]));
		const rows = await store.rows(0);
		await store.settle([], [rows[0]], { position: rows[0].key, snapshot: Uint8Array.of(1) });
		const past = await store.past(rows[1].key);
		// Only IndexedDB keeps what left.
		return idsOf(past.rows)
			.slice(kind === "indexeddb" ? 1 : 0)
			.concat(`${past.isWhole === (kind === "indexeddb")}`);
	},
	["e1", "true"],
);
