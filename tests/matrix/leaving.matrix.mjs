// Pages that go, in each engine: by a link, into the back-forward cache, with their window, by a kill.
import assert from "node:assert/strict";
import { inEngines } from "./engines.mjs";
import { holdsSteps, stored } from "./store.mjs";

/** Tracks and leaves within one turn, as a link that is clicked does. */
const trackAndLeave = (page, count, url) =>
	page
		.evaluate(
			(count, url) => {
				for (let n = 0; n < count; n++) window.ripen.track("step", { n });
				location.href = url;
			},
			count,
			url,
		)
		// The page may be gone before it can answer.
		.catch(() => {});
const arrives = (page, url) => page.waitFor(`at ${url}`, (url) => location.href === url, url);

inEngines({
	"C08 fifty events, and away before wasm has loaded: all are there after the return": async (at) => {
		at.collector.held = /\.wasm$/;
		const page = await at.open();
		const home = await page.evaluate(() => location.href);
		await trackAndLeave(page, 50, at.elsewhere);
		await arrives(page, at.elsewhere);
		await page.navigate(home);
		await page.started();
		await page.flush();
		await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		assert.equal((await page.health()).engine, "loading");
		holdsSteps(at.collector, 50);
		assert.deepEqual(await page.errors(), []);
	},

	"C08 fifty events, and away at once, with the engine": async (at) => {
		const page = await at.open();
		await page.ready();
		const home = await page.evaluate(() => location.href);
		await trackAndLeave(page, 50, at.elsewhere);
		await arrives(page, at.elsewhere);
		await page.navigate(home);
		await page.started();
		await page.ready();
		await page.flush();
		await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 50);
		await page.waitFor("folded once", () => window.ripen.view()?.signals.steps === 50);
		assert.deepEqual(await page.errors(), []);
	},

	"C04 an event tracked as the page hides is not lost": async (at) => {
		const page = await at.open();
		await page.ready();
		const home = await page.evaluate(() => {
			let n = 0;
			const track = () => window.ripen.track("step", { n: n++ });
			document.addEventListener("visibilitychange", track);
			addEventListener("pagehide", track);
			return location.href;
		});
		await page.navigate(at.elsewhere);
		await page.navigate(home);
		await page.started();
		await page.flush();
		await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 2);
		assert.deepEqual(await page.errors(), []);
	},

	"C10 back from the back-forward cache, it goes on": async (at) => {
		const page = await at.open();
		await page.ready();
		await page.track(1);
		await page.flush();
		await page.evaluate(() => {
			window.stayed = true;
		});
		await page.navigate(at.elsewhere);
		await page.back();
		await page.started();
		await page.ready();
		// Firefox keeps no page that holds a Web Lock as it is left: only who has something to send does (docs/browsers.md).
		assert.equal(await page.evaluate(() => Boolean(window.stayed)), true);
		await page.track(1, 1);
		assert.equal((await page.flush()).waiting, 0);
		holdsSteps(at.collector, 2);
		await page.waitFor("evaluated", () => window.ripen.view()?.signals.steps === 2);
		assert.deepEqual(await page.errors(), []);
	},

	"C08 a window that is closed right after fifty events": async (at) => {
		// A browser ends with its last window.
		const other = await at.open();
		const page = await at.open();
		await Promise.all([other.ready(), page.ready()]);
		await page.track(50);
		await page.close();
		// They are durable, but the page may have gone before it could tell the others: who flushes looks first.
		await other.flush();
		await other.waitFor("evaluated", () => window.ripen.view()?.signals.steps === 50);
		await other.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 50);
		assert.deepEqual(await other.errors(), []);
	},

	"C08 killed after flush(), while the collector is away: all arrive from the next start": async (at) => {
		const page = await at.open();
		await page.ready();
		at.collector.down = true;
		await page.track(50);
		// Durable, and tried once.
		assert.ok((await page.flush()).waiting >= 50);
		await at.killAndReopen();
		at.collector.down = false;
		const next = await at.open();
		await next.ready();
		await next.flush();
		await next.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 50);
		assert.equal(new Set(stored(at.collector).map(({ context }) => context.stream)).size, 1);
		assert.deepEqual(await next.errors(), []);
	},
});
