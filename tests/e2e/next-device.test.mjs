// From one device to the next by the real collector: what is known, who is believed, who is erased.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { collector as program } from "../../xtask/build.mjs";
import { run } from "../../xtask/command.mjs";
import { errorsOf, ready, until } from "../browser/browser.mjs";
import { inChromiumForReal } from "../browser/real.mjs";
import { exported, newDatabase, startCollector } from "./collector.mjs";

const at = inChromiumForReal();
const playbook = {
	signals: { tasks: { count: "task_created" }, team_tasks: { count: "task_created", scope: "account" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 3 } } }] },
	},
};

test("C17 C30 C43 a signed user's stage comes to the next device, a forged one joins nobody, and forget() is believed", async (t) => {
	const database = newDatabase(t);
	const file = join(dirname(database), "playbook.json");
	writeFileSync(file, JSON.stringify(playbook));
	const { origin } = await startCollector(t, database, 0, `wk=${file}`);
	const secret = (await run(program, ["secret", "create", "--database", database])).trim();
	const signatureOf = (user) => createHmac("sha256", secret).update(user).digest("hex");
	const enter = async () => {
		const page = await at.open({ host: origin });
		await ready(page);
		return page;
	};
	const signIn = (page, signature) =>
		page.evaluate(([signature]) => window.ripen.identify("ada", { plan: "pro" }, { signature }), [signature]);
	const create = (page, count) =>
		page.evaluate((count) => {
			for (let i = 0; i < count; i++) window.ripen.track("task_created");
			return window.ripen.flush();
		}, count);
	const sees = (page, tasks) =>
		page.waitForFunction((tasks) => window.ripen.view()?.signals.tasks === tasks, tasks);
	const anotherDevice = async () => {
		const context = await at.context.browser().newContext();
		t.after(() => context.close());
		at.context = context;
	};

	const first = await enter();
	await signIn(first, signatureOf("ada"));
	await create(first, 3);
	await sees(first, 3);
	const revision = await first.evaluate(() => window.ripen.view().revision);
	// Folded behind the acknowledgement.
	const question = { writeKey: "wk", userId: "ada", signature: signatureOf("ada"), revision, format: 4 };
	const ask = async () => {
		const body = JSON.stringify({ ...question, streams: [] });
		return fetch(`${origin}/v1/snapshot`, { method: "POST", body });
	};
	await until("folded", async () => {
		const answer = await ask();
		return answer.status === 200 && (await answer.json()).snapshot.length > 100;
	});

	const original = at.context;
	t.after(() => original.close());
	await anotherDevice();
	const forger = await enter();
	await signIn(forger);
	await create(forger, 5);
	await forger.evaluate(() => window.ripen.flush());

	await anotherDevice();
	const second = await enter();
	await create(second, 1);
	await signIn(second, signatureOf("ada"));
	await sees(second, 4);
	const view = await second.evaluate(() => window.ripen.view());
	assert.deepEqual([view.stages.journey, view.traits.user.plan], ["set_up", "pro"]);
	assert.ok(view.knownSince < Date.now());
	await second.evaluate(() => window.ripen.flush());
	const { events } = await exported(database);
	const of = (trust) =>
		events.filter(({ context }) => JSON.stringify(context.trust) === JSON.stringify(trust));
	assert.ok(of({ refused: "ada" }).length >= 6, "all that the forger sent in her name");
	assert.ok(of("signed").length >= 5);
	assert.ok(!JSON.stringify(events).includes(signatureOf("ada")));

	assert.equal(await second.evaluate(() => window.ripen.forget()), true);
	// Nobody has to look at it: by now the collector has begun, or does when it tidies up.
	await until("erased", async () => {
		const asked = JSON.parse(await run(program, ["erasures", "--json", "--database", database]));
		return asked.verified && asked.state === "done" && asked.userId === null;
	});
	const left = await exported(database);
	assert.ok(!left.events.some(({ userId }) => userId === "ada"));
	for (const page of [first, forger, second]) assert.deepEqual(await errorsOf(page), []);
});
