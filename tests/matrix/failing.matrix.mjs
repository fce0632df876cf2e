// A collector that fails on purpose, in each engine.
import assert from "node:assert/strict";
import { inEngines } from "./engines.mjs";
import { until } from "./page.mjs";
import { holdsSteps, steps, stored } from "./store.mjs";

const batches = ({ requests }) => requests.filter(({ batch }) => batch);

inEngines({
	"C11 503 for a while, then all arrive": async (at) => {
		const page = await at.open();
		await page.ready();
		const end = performance.now() + 2_000;
		at.collector.answer = () => ({ status: performance.now() < end ? 503 : 200 });
		await page.track(50);
		assert.ok((await page.flush()).waiting >= 50);
		assert.equal((await page.health()).connection, "retrying");
		await page.waitFor("sent again by itself", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 50);
		assert.deepEqual((await page.health()).dropped, {});
		assert.deepEqual(await page.errors(), []);
	},

	"C11 429 with Retry-After: nothing is sent before": async (at) => {
		const page = await at.open();
		await page.ready();
		at.collector.answer = () =>
			batches(at.collector).length === 1 ? { status: 429, headers: { "retry-after": "2" } } : { status: 200 };
		await page.track(10);
		assert.ok((await page.flush()).waiting >= 10);
		// What comes meanwhile, and whoever asks, waits too.
		await page.track(10, 10);
		assert.ok((await page.flush()).waiting >= 20);
		await page.waitFor("sent", () => window.ripen.health().waiting === 0);
		const [first, second] = batches(at.collector);
		assert.ok(second.at - first.at >= 2_000, `${second.at - first.at} ms`);
		holdsSteps(at.collector, 20);
		assert.deepEqual(await page.errors(), []);
	},

	"C12 the collector is away, the page is loaded again, the collector comes back": async (at) => {
		const page = await at.open();
		await page.ready();
		at.collector.down = true;
		await page.track(50);
		assert.ok((await page.flush()).waiting >= 50);
		await page.reload();
		await page.started();
		await page.track(50, 50);
		assert.ok((await page.flush()).waiting >= 100);
		assert.equal(stored(at.collector).length, 0);
		at.collector.down = false;
		await page.reload();
		await page.started();
		await page.flush();
		await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		holdsSteps(at.collector, 100);
		assert.equal(new Set(stored(at.collector).map(({ context }) => context.stream)).size, 2);
		assert.deepEqual(await page.errors(), []);
	},

	"C06 the collector commits and cuts the connection: sent again under the same ids": async (at) => {
		const page = await at.open();
		await page.ready();
		at.collector.answer = () => ({ status: 200, cut: batches(at.collector).length <= 2 });
		await page.track(50);
		await page.flush();
		await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		await until("again", () => steps(at.collector).length > 50);
		holdsSteps(at.collector, 50);
		assert.deepEqual((await page.health()).dropped, {});
		assert.deepEqual(await page.errors(), []);
	},
});
