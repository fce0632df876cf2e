/**
 * `npm run bench:durable`: how long an event is in memory only, from the call of `track()` to the transaction that is
 * complete. In Chromium, on a profile on disk; the same with `durability: "strict"`, and what the fallback, localStorage,
 * costs. Nothing is asserted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { buildSite, serve } from "../browser/site.mjs";
import { buildStores } from "../browser/stores-site.mjs";

const SINGLES = 300;
/** With the singles within what may wait. */
const BURSTS = 9;
const BURST = 1_000;
const FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
function summary(times) {
	const sorted = times.toSorted((one, other) => one - other);
	const [median, p99, most] = [quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.at(-1)];
	return [median, p99, most].map((ms) => `${ms.toFixed(1).padStart(8)}`).join(" ");
}

/** In the page: the times of single events, then of bursts. */
async function windows({ durability, singles, bursts, burst }) {
	const { transaction } = IDBDatabase.prototype;
	let written = () => {};
	const seen = new Set();
	const { add } = IDBObjectStore.prototype;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		return transaction.call(this, stores, mode, { ...options, durability });
	};
	IDBObjectStore.prototype.add = function (row) {
		if (!seen.has(this.transaction)) this.transaction.addEventListener("complete", () => written());
		seen.add(this.transaction);
		return add.call(this, row);
	};
	const idle = () => new Promise((resolve) => setTimeout(resolve, 20));
	/** From the first call to the last transaction with one of its events. */
	const timed = async (count) => {
		await idle();
		const began = performance.now();
		for (let i = 0; i < count; i++) window.ripen.track("measured", { at: i, text: "x".repeat(200) });
		const called = performance.now() - began;
		await new Promise((resolve) => {
			written = resolve;
		});
		return { called, durable: performance.now() - began };
	};
	const many = async (times, count) => {
		const all = [];
		for (let i = 0; i < times; i++) all.push(await timed(count));
		return all;
	};
	await many(20, 1);
	return { single: await many(singles, 1), bursts: await many(bursts, burst) };
}

/** In the page with the stores alone: rows of 500 characters. */
async function localStorageTimes(count) {
	const store = await window.openStore("localstorage");
	const rows = Array.from({ length: count }, (_, i) => window.row(`e${i}`, { text: "x".repeat(350) }));
	const time = async (work) => {
		const began = performance.now();
		await work();
		return performance.now() - began;
	};
	const write = await time(() => store.append(rows));
	const all = await time(async () => (await window.openStore("localstorage", "b")).rows(0));
	let last = (await store.rows(0)).at(-1).key;
	const one = [];
	for (let i = 0; i < 50; i++)
		one.push(
			await time(async () => {
				await store.append([window.row(`one ${i}`)]);
				last = (await store.rows(last)).at(-1).key;
			}),
		);
	return { write, all, one };
}

const profile = mkdtempSync(join(tmpdir(), "ripen-durable-"));
let context;
let served;
try {
	context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: FLAGS,
	});
	const version = context.browser()?.version() ?? "";
	console.log(`${cpus().length} × ${cpus()[0].model}, Chromium ${version}, profile on disk; milliseconds`);
	console.log(`${"".padEnd(48)}   median      p99     most`);
	const line = (name, times) => console.log(`${name.padEnd(48)} ${summary(times)}`);

	for (const durability of ["relaxed", "strict"]) {
		served = await serve(await buildSite());
		// The way to the store alone: nothing is evaluated, nothing leaves.
		served.collector.csp = "default-src 'self'; script-src 'self'";
		served.collector.down = true;
		const page = await context.newPage();
		await page.goto(`${served.origin}/`);
		await page.waitForFunction(() => window.ripen?.health().engine === "unavailable");
		const { single, bursts } = await page.evaluate(windows, {
			durability,
			singles: SINGLES,
			bursts: BURSTS,
			burst: BURST,
		});
		line(
			`${durability}: one event, until durable`,
			single.map(({ durable }) => durable),
		);
		line(
			`${durability}: ${BURST} in a turn, until all are durable`,
			bursts.map(({ durable }) => durable),
		);
		if (durability === "relaxed")
			line(
				`the ${BURST} calls themselves`,
				bursts.map(({ called }) => called),
			);
		await page.close();
		served.close();
	}

	served = await serve(await buildStores());
	for (const count of [1_000, 2_000]) {
		const page = await context.newPage();
		await page.goto(`${served.origin}/stores.html`);
		await page.waitForFunction(() => window.openStore);
		const { write, all, one } = await page.evaluate(localStorageTimes, count);
		line(`localStorage: writing ${count} rows at once`, [write]);
		line(`localStorage: opening, and reading ${count} rows`, [all]);
		line(`localStorage: one more row beside ${count}, and reading on`, one);
		await page.evaluate(() => localStorage.clear());
		await page.close();
	}
} finally {
	served?.close();
	await context?.close();
	rmSync(profile, { recursive: true, force: true });
}
