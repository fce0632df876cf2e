import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumForReal, minute, start } from "./real.mjs";

const at = inChromiumForReal();
const week = 7 * 24 * 60 * minute;
const playbook = {
	signals: { tasks: { count: "task_created" } },
	first_seen: "user.createdAt",
};

test("C17 given a browser that erased everything, then the view says since when it knows, and a weekly user is not new", async () => {
	const visit = async (clock, more) => {
		const page = await at.enter(playbook, { person: "ada", clock });
		await page.evaluate(async (more) => {
			if (more) window.ripen.identify("ada", more);
			window.ripen.track("task_created");
			await window.ripen.flush();
		}, more);
		await page.waitForFunction(() => window.ripen.view()?.signals.tasks > 0);
		const view = await page.evaluate(() => window.ripen.view());
		return { page, view };
	};
	const first = await visit(start);
	assert.equal(first.view.knownSince, start);
	await first.page.close();
	const second = await visit(start + week);
	assert.deepEqual([second.view.knownSince, second.view.signals.tasks], [start, 2]);

	// As Safari does to what scripts have stored.
	const client = await at.context.newCDPSession(second.page);
	await second.page.goto("about:blank");
	await client.send("Storage.clearDataForOrigin", { origin: at.origin, storageTypes: "all" });
	const third = await visit(start + 2 * week, { createdAt: new Date(start).toISOString() });
	assert.deepEqual([third.view.knownSince, third.view.signals.tasks], [start + 2 * week, 1]);
	assert.notEqual(third.view.momentum, "new", "the host knows for how long they have been here");
	// The collector is told, so that it does not take less for a disagreement.
	const known = at.kept().flatMap(({ context }) => context.knownSince ?? []);
	assert.deepEqual(
		[...new Set(known)],
		[start, start + 2 * week].map((time) => new Date(time).toISOString()),
	);
});
