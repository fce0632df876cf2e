// What `docs/server.md` shows, with the real collector: a server renders with what the collector knows of somebody.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { openEngine } from "../../js/dist/node.js";
import { collector as program } from "../../xtask/build.mjs";
import { run } from "../../xtask/command.mjs";
import { until } from "../browser/browser.mjs";
import { newDatabase, startCollector } from "./collector.mjs";

const hour = 3_600_000;
const playbook = {
	signals: {
		tasks: { count: "task_created" },
		recent: { count: "task_created", within: "2d" },
		team_tasks: { count: "task_created", scope: "account" },
	},
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 3 } } }] },
	},
};

test("C17 a server sees somebody by the collector's snapshot as by their events, whatever it is asked, and what came since", async (t) => {
	const database = newDatabase(t);
	const file = join(dirname(database), "playbook.json");
	writeFileSync(file, JSON.stringify(playbook));
	const { origin } = await startCollector(t, database, 0, `wk=${file}`);
	const secret = (await run(program, ["secret", "create", "--database", database])).trim();
	const post = (path, body) =>
		fetch(`${origin}/v1/${path}`, {
			method: "POST",
			headers: { "content-type": "text/plain" },
			body: JSON.stringify({ writeKey: "wk", ...body }),
		});
	const now = Date.now();
	const signature = createHmac("sha256", secret).update("ada").digest("hex");
	const message = (id, hoursAgo, more) => ({
		type: "track",
		event: "task_created",
		messageId: id,
		anonymousId: "anon",
		userId: "ada",
		timestamp: new Date(now - hoursAgo * hour).toISOString(),
		context: {},
		...more,
	});
	const events = [
		message("m0", 101, { type: "identify", traits: { plan: "pro" }, context: { signature } }),
		...[100, 60, 30, 5].map((hoursAgo, at) => message(`m${at + 1}`, hoursAgo)),
	];
	assert.equal((await post("batch", { batch: events })).status, 200);
	const engine = await openEngine(JSON.stringify(playbook));
	let snapshot;
	await until("folded", async () => {
		const response = await post("snapshot", { userId: "ada", signature, ...engine.runs });
		if (response.status !== 200) return false;
		({ snapshot } = await response.json());
		return snapshot !== undefined;
	});
	const plain = (view) => {
		const { knownSince, account_as_of, ...rest } = view;
		return rest;
	};
	const since = message("m5", -1);
	for (const [at, more] of [
		[now, []],
		[now + 20 * 24 * hour, []],
		[now + 2 * hour, [since]],
		[now + hour / 2, [since]],
		[now, []],
	]) {
		const bySnapshot = plain(engine.view({ person: "ada", snapshot, events: more, at }));
		assert.deepEqual(bySnapshot, plain(engine.view({ person: "ada", events: [...events, ...more], at })));
		assert.equal(bySnapshot.stages.journey, "set_up");
	}
	assert.deepEqual(
		[now, now + 2 * hour].map((at) => engine.view({ person: "ada", snapshot, events: [since], at }).signals),
		[
			{ tasks: 4, recent: 2 },
			{ tasks: 5, recent: 3 },
		],
	);
	const other = await openEngine({ signals: { tasks: { count: "task_completed" } } });
	assert.throws(() => other.view({ person: "ada", snapshot, at: now }), /snapshot cannot be read/);
});
