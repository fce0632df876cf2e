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
	const membershipOf = (user, account) =>
		createHmac("sha256", `${secret}/account`).update(`${user}\0${account}`).digest("hex");
	const belong = (page, user) =>
		page.evaluate(
			([signature]) => window.ripen.group("acme", { plan: "team" }, { signature }),
			[membershipOf(user, "acme")],
		);
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
	await belong(first, "ada");
	await create(first, 3);
	await sees(first, 3);
	const revision = await first.evaluate(() => window.ripen.view().revision);
	// Folded behind the acknowledgement.
	const question = { writeKey: "wk", userId: "ada", signature: signatureOf("ada"), revision, format: 4 };
	const ask = async (more) => {
		const body = JSON.stringify({ ...question, streams: [], ...more });
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
	await belong(forger, "eve");
	await create(forger, 5);
	await anotherDevice();
	// Herself, in an account of which she is no member.
	const claimant = await enter();
	await claimant.evaluate(
		([signature]) => window.ripen.identify("eve", {}, { signature }),
		[signatureOf("eve")],
	);
	await belong(claimant, "ada");
	await create(claimant, 2);
	const eve = { userId: "eve", signature: signatureOf("eve") };
	await until("what eve did is known, and nothing of the account", async () => {
		const answer = await ask(eve);
		if (answer.status !== 200) return false;
		assert.equal((await answer.json()).account, undefined);
		return true;
	});
	// Of who is just being folded again nothing is said.
	let hers;
	await until("what is known of her", async () => {
		hers = await ask({});
		return hers.status === 200;
	});
	assert.equal((await hers.json()).account, "acme");
	await forger.evaluate(() => window.ripen.flush());

	await anotherDevice();
	const second = await enter();
	await create(second, 1);
	await signIn(second, signatureOf("ada"));
	await sees(second, 4);
	const view = await second.evaluate(() => window.ripen.view());
	assert.deepEqual(
		[view.stages.journey, view.traits.user.plan, view.account, view.traits.account.plan],
		["set_up", "pro", "acme", "team"],
	);
	assert.ok(view.account_as_of <= Date.now());
	assert.ok(view.knownSince < Date.now());
	// Who becomes a member at this moment knows of the account as soon as the collector does.
	await anotherDevice();
	const member = await enter();
	await member.evaluate(
		([signature, membership]) => {
			window.ripen.identify("bob", {}, { signature });
			window.ripen.group("acme", {}, { signature: membership });
		},
		[signatureOf("bob"), membershipOf("bob", "acme")],
	);
	const isMember = () => window.ripen.view()?.traits.account.plan === "team";
	await until("a member", async () => {
		const waiting = member.waitForFunction(isMember, undefined, { timeout: 5_000 });
		if (await waiting.then(Boolean, () => false)) return true;
		// The collector was too slow, and is asked again in a minute, or by a new page load at once.
		await member.reload();
		await member.waitForFunction(() => window.ripen.health().engine === "ready");
		return false;
	});
	await second.evaluate(() => window.ripen.flush());
	const { events } = await exported(database);
	const refused = events.filter(({ context }) => context.trust?.refused === "ada");
	assert.ok(refused.length >= 6, "all that the forger sent in her name");
	assert.ok(events.filter(({ context }) => context.trust === "signed").length >= 5);
	for (const signature of [signatureOf("ada"), membershipOf("ada", "acme"), membershipOf("eve", "acme")])
		assert.ok(!JSON.stringify(events).includes(signature));
	const outside = events.filter(({ context }) => context.trust?.outside);
	assert.ok(outside.length >= 9, "all that both have sent in the name of the account");
	assert.ok(outside.every(({ groupId, context }) => groupId === undefined && context.groupId === undefined));

	assert.equal(await second.evaluate(() => window.ripen.forget()), true);
	// Nobody has to look at it: by now the collector has begun, or does when it tidies up.
	await until("erased", async () => {
		const asked = JSON.parse(await run(program, ["erasures", "--json", "--database", database]));
		return asked.verified && asked.state === "done" && asked.userId === null;
	});
	const left = await exported(database);
	assert.ok(!left.events.some(({ userId }) => userId === "ada"));
	for (const page of [first, forger, claimant, second, member]) assert.deepEqual(await errorsOf(page), []);
});
