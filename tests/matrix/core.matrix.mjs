// That it works at all: storing, sending, evaluating, in each engine.
import assert from "node:assert/strict";
import { inEngines, playbook } from "./engines.mjs";
import { holdsSteps, steps, stored } from "./store.mjs";

const strict = (origin) =>
	`default-src 'self'; script-src 'self'; connect-src 'self' ${origin}; require-trusted-types-for 'script'`;

inEngines({
	"C02 fifty events arrive once and in order, at another origin, without a preflight": async (at) => {
		const page = await at.open();
		await page.ready();
		await page.track(50);
		const health = await page.flush();
		assert.equal(health.store, "indexeddb");
		assert.equal(health.waiting, 0);
		assert.deepEqual(health.dropped, {});
		assert.deepEqual(
			steps(at.collector).map(({ properties }) => properties.n),
			Array.from({ length: 50 }, (_, n) => n),
			"none twice",
		);
		const sequences = at.collector.events.map(({ context }) => context.sequence);
		assert.deepEqual(
			sequences,
			sequences.map((_, n) => n),
			"none left out",
		);
		assert.equal(at.collector.requests.filter(({ method }) => method === "OPTIONS").length, 0);
		assert.deepEqual(await page.errors(), []);
	},

	"the engine runs: view() answers, also at once in the next page load": async (at) => {
		const page = await at.open();
		await page.ready();
		await page.track(3);
		await page.waitFor("evaluated", () => window.ripen.view()?.signals.steps === 3);
		const view = await page.evaluate(() => window.ripen.view());
		assert.equal(view.stages.journey, "set_up");
		assert.equal(view.state, "current");
		await page.flush();
		await page.reload();
		await page.started();
		const first = await page.evaluate(() => window.firstView);
		assert.equal(first.state, "pending");
		assert.equal(first.signals.steps, 3);
		await page.ready();
		assert.equal((await page.evaluate(() => window.ripen.view())).signals.steps, 3, "folded once");
		assert.deepEqual(await page.errors(), []);
	},

	"a playbook that is a document is compiled in the page, and explain() answers": async (at) => {
		at.collector.playbook = undefined;
		const page = await at.open({ playbook });
		await page.ready();
		await page.track(2);
		await page.waitFor("evaluated", () => window.ripen.view()?.signals.steps === 2);
		const [ladder] = await page.evaluate(() => window.ripen.explain("ladders.journey"));
		assert.match(JSON.stringify(ladder), /"seen":2/);
		assert.deepEqual(await page.errors(), []);
		assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
	},

	"C26 where the page's policy forbids wasm, events are stored and delivered all the same": async (at) => {
		at.collector.csp = strict(at.origin.replace("127.0.0.1", "localhost"));
		const page = await at.open();
		await page.track(20);
		const health = await page.flush();
		assert.equal(health.engine, "unavailable");
		assert.equal(health.store, "indexeddb");
		assert.equal(health.waiting, 0);
		holdsSteps(at.collector, 20);
		await page.waitFor("it is said", () =>
			window.seen.warnings.some(({ code }) => code === "wasm_unavailable"),
		);
		assert.deepEqual(await page.errors(), []);
	},

	"C15 of two tabs one sends what both track, and each event arrives once": async (at) => {
		const [one, two] = [await at.open(), await at.open()];
		await Promise.all([one.ready(), two.ready()]);
		await Promise.all([one.track(25), two.track(25, 25)]);
		await Promise.all([one.flush(), two.flush()]);
		for (const page of [one, two])
			await page.waitFor("nothing waits", () => window.ripen.health().waiting === 0);
		assert.equal(steps(at.collector).length, 50, "none twice");
		holdsSteps(at.collector, 50);
		const delivered = [await one.health(), await two.health()].map(({ delivered }) => delivered);
		assert.equal(delivered.filter((count) => count > 0).length, 1, "one tab sends");
		for (const page of [one, two])
			await page.waitFor("both evaluate all", () => window.ripen.view()?.signals.steps === 50);
		// The one that sends goes.
		const [sends, other] = delivered[0] ? [one, two] : [two, one];
		await sends.close();
		await other.track(1, 50);
		assert.equal((await other.flush()).waiting, 0);
		holdsSteps(at.collector, 51);
		assert.equal(new Set(stored(at.collector).map(({ anonymousId }) => anonymousId)).size, 1);
		assert.deepEqual(await other.errors(), []);
	},
});
