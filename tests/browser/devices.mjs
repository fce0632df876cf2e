// Ada's devices, each with a storage of its own, and what a collector of the test's says of her.
import { afterEach } from "node:test";
import { inChromiumForReal, minute, nudge, settled, start } from "./real.mjs";

export const signature = "5".repeat(64);
export const hour = 60 * minute;
export const playbook = {
	signals: { tasks: { count: "task_created" }, days: { days: "*" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 3 } } }] },
	},
	nudges: {
		tip: nudge({ on: { event: "opened" }, limits: { shown: { at_most: 1 } } }),
		other: nudge({
			on: { event: "looked" },
			content: { en: { title: "Another", actions: { go: "Go", later: "Later" } } },
		}),
	},
};

export const signIn = (page, user = "ada", traits = {}) =>
	page.evaluate(
		([user, traits, signature]) => window.ripen.identify(user, traits, { signature }),
		[user, traits, signature],
	);
export const track = (page, ...names) =>
	page.evaluate((names) => {
		for (const name of names) window.ripen.track(name);
	}, names);
export const view = (page) => page.evaluate(() => window.ripen.view());
export const tasks = (page, count) =>
	page.waitForFunction((count) => window.ripen.view()?.signals.tasks === count, count);
/** Until the page has heard, and has set when it asks again: in an hour, or in a minute where that was not all. */
export const heard = (page, ms = hour) => page.waitForFunction((ms) => window.clock.pending.includes(ms), ms);
export const warned = (page, code) =>
	page.waitForFunction((code) => window.seen.warnings.some((warning) => warning.code === code), code);

/** What the database keeps under a name beside the events. */
export const stored = (page, name) =>
	page.evaluate(
		(name) =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const reading = target.result.transaction("state").objectStore("state").get(name);
					reading.onsuccess = () => {
						target.result.close();
						const { snapshot, ...rest } = reading.result ?? {};
						const text = snapshot && btoa(String.fromCharCode(...snapshot));
						resolve(reading.result && { ...rest, snapshot: text });
					};
				};
			}),
		name,
	);

/** What a device knows, as a collector would say it of all of them; none of who asks is in it. */
export async function answerOf(page, more) {
	await settled(page);
	// What it has asked itself is not to come among what the next one asks.
	await heard(page);
	const { snapshot } = await stored(page, "snapshot");
	const answer = { tag: "t1", asOf: start, since: start - 30 * 24 * hour, snapshot, ...more };
	return ({ streams }) => ({
		status: 200,
		body: { ...answer, streams: Object.fromEntries(streams.map((stream) => [stream, []])) },
	});
}

/** As `inChromiumForReal`; from `anotherDevice` on pages are those of another one. */
export function withDevices() {
	const at = inChromiumForReal();
	const others = [];
	afterEach(async () => {
		for (const context of others.splice(0)) await context.close();
	});
	const enter = (more) => at.enter(playbook, more);
	return {
		at,
		enter,
		async anotherDevice() {
			others.push(at.context);
			at.collector.asked.length = 0;
			at.context = await at.context.browser().newContext();
		},
		/** Ada's first device, on which she has done all this. */
		async firstDevice(more, ...names) {
			const page = await enter(more);
			await signIn(page, "ada", { plan: "pro" });
			await track(page, "task_created", "task_created", "task_created", ...names);
			await tasks(page, 3 + names.filter((name) => name === "task_created").length);
			return page;
		},
	};
}
