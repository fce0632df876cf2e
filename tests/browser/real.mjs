// The face on the modules that are shipped, with a clock that the test moves: what the tests of real decisions share.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inChromium, ready, until } from "./browser.mjs";

/** A Monday. */
export const start = Date.parse("2026-03-02T10:20:00Z");
export const minute = 60_000;

/** As `inChromium`, of js/dist, as `npm run build` makes it. No collector publishes a playbook. */
export function inChromiumForReal(options) {
	const at = inChromium({ ...options, dist: fileURLToPath(new URL("../../js/dist", import.meta.url)) });
	/** Opens a page of this playbook, with whom it is about if it says so, and waits until it is evaluated. */
	at.enter = async (playbook, { path = "/", clock = start, person, ...init } = {}) => {
		at.collector.playbook = undefined;
		const page = await at.open({ playbook: calm(playbook), clock, ...init }, path);
		const mistakes = () =>
			page.evaluate(() =>
				window.seen.warnings.filter(({ code }) => code === "playbook_failed").map(({ message }) => message),
			);
		await Promise.race([
			ready(page),
			page.waitForFunction(() => window.seen.warnings.some(({ code }) => code === "playbook_failed")),
		]);
		assert.deepEqual(await mistakes(), []);
		if (person) {
			await page.evaluate((person) => window.ripen.identify(person), person);
			await page.waitForFunction((person) => window.ripen.view()?.person === person, person);
		}
		return page;
	};
	/** The events of this name that the collector has; `ask` for those that wait. */
	at.told = async (page, name) => {
		await page.evaluate(() => window.ripen.flush());
		return at.kept().filter(({ event }) => event === name);
	};
	at.kept = () => at.collector.kept();
	return at;
}

/** Without what would hold nudges back by chance, or for too long for a test. */
const calm = (playbook) => ({ policy: { holdout: 0, help_first: false }, ...playbook });

/** A nudge that can be drawn. */
export const nudge = (more) => ({
	purpose: "help",
	placement: { kind: "banner" },
	content: { en: { title: "A hint", actions: { go: "Go", later: "Later" } } },
	actions: [
		{ id: "go", track: "hint_followed" },
		{ id: "later", snooze: true },
	],
	...more,
});

/** All that were made known, but those at a test's barrier. */
export const decisions = (page) =>
	page.evaluate(() => window.seen.decisions.filter(({ event }) => event !== "barrier"));
export const banner = (page) => page.getByRole("region", { name: "A hint" });
export const move = (page, ms) => page.evaluate((ms) => window.clock.move(ms), ms);
/** Waits for as many decisions; each as what it was about and what won. */
export async function decided(page, count) {
	await page.waitForFunction(
		(count) => window.seen.decisions.filter(({ event }) => event !== "barrier").length >= count,
		count,
	);
	return (await decisions(page)).map(({ event, load, element, call, considered, won }) => ({
		on: event ?? element ?? call ?? (load ? "load" : "time or page"),
		considered: considered.map(({ nudge }) => nudge),
		won,
	}));
}

/** What the database keeps beside its events: key → value. */
export const stateOf = (page) =>
	page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction(["events", "state"]);
					const state = transaction.objectStore("state");
					const [events, keys, values] = [
						transaction.objectStore("events").count(),
						state.getAllKeys(),
						state.getAll(),
					];
					transaction.oncomplete = () => {
						target.result.close();
						const all = keys.result.map((key, at) => ({ key, value: values.result[at] }));
						resolve({
							events: events.result,
							// What has left the journal together stands together.
							past: all
								.filter(({ key }) => typeof key === "number")
								.flatMap(({ value }) => value.rows ?? [value]),
							count: all.find(({ key }) => key === "past")?.value,
						});
					};
				};
			}),
	);

/** Takes these rows, by their keys, out of what has left the journal. */
export const losePast = (page, ...keys) =>
	page.evaluate(
		(keys) =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction("state", "readwrite");
					const numbers = IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);
					transaction.objectStore("state").openCursor(numbers).onsuccess = ({ target }) => {
						const cursor = target.result;
						if (!cursor) return;
						const rows = (cursor.value.rows ?? [cursor.value]).filter(({ key }) => !keys.includes(key));
						if (rows.length) cursor.update({ ...cursor.value, rows });
						else cursor.delete();
						cursor.continue();
					};
					transaction.oncomplete = () => {
						target.result.close();
						resolve();
					};
				};
			}),
		keys,
	);

/** Changes what the database keeps beside its events: key → value, undefined removes. */
export const putState = (page, entries) =>
	page.evaluate(
		(entries) =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction("state", "readwrite");
					const state = transaction.objectStore("state");
					for (const [key, value] of entries)
						if (value === undefined || value === null) state.delete(key);
						else state.put(value, key);
					transaction.oncomplete = () => {
						target.result.close();
						resolve();
					};
				};
			}),
		entries,
	);

/** Sends all, and waits until the journal has let go of it. */
export async function settled(page) {
	await page.evaluate(() => window.ripen.flush());
	await until("settled", async () => (await stateOf(page)).events === 0);
}
