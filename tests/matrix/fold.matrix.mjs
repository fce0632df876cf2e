// All that was recorded, through the door of a collector that is killed: what it makes of it, what a replay makes of the
// file, and what a browser makes of what it recorded itself, and of what the collector says of it. No difference.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromium as browser } from "../../xtask/browsers.mjs";
import { collector as program } from "../../xtask/build.mjs";
import { run } from "../../xtask/command.mjs";
import { at } from "../../xtask/places.mjs";
import { serve } from "../browser/site.mjs";
import { newDatabase } from "../e2e/collector.mjs";
import { batchesOf, random, sendAll } from "./fold/killed-collector.mjs";
import { openBrowser } from "./fold/pages.mjs";
import { isThere, recorded } from "./fold/recorded.mjs";

const KEY = "wk";
const hour = 3_600_000;
const dist = fileURLToPath(new URL("../../js/dist", import.meta.url));

const usages = [
	{ name: "contributions", playbook: "tests/contributions/playbook.whole.json", every: 1 },
	// Half a thousand people with as many lives: each sixth is enough.
	{ name: "store", playbook: "tests/store/playbook.json", every: 6 },
];

const linesOf = (text) => text.split("\n").filter(Boolean);
/** As it is printed: of a number six places. */
const printed = (value) => (typeof value === "number" ? Number(value.toFixed(6)) : value);
const chosen = (object, names) =>
	Object.fromEntries(
		Object.entries(object)
			.filter(([name]) => names.has(name))
			.map(([name, value]) => [name, printed(value)]),
	);

/** The names that a playbook defines for accounts, or for persons. */
function names(playbook, scope) {
	const of = (section) =>
		Object.entries(playbook[section] ?? {})
			.filter(([, { scope: own = "person" }]) => own === scope)
			.map(([name]) => name);
	return new Set(["signals", "segments", "scores", "ladders", "moments"].flatMap(of));
}

/** Of a view, or of a line of a replay, what is known of a person or of an account. */
const part = ({ signals, segments, scores, bands, stages, moments, momentum, alive }, names, isPerson) => ({
	signals: chosen(signals, names),
	segments: segments.filter((name) => names.has(name)),
	scores: chosen(scores, names),
	bands: chosen(bands, names),
	stages: chosen(stages, names),
	moments: moments.filter((name) => names.has(name)),
	...(isPerson && { momentum, alive: printed(alive) }),
});

for (const { name, playbook, every } of usages)
	test(`C05 C06 C17 C30 of ${name}, collector, replay and browsers have the same views`, {
		skip: !isThere(name) && `SKIPPED: there is no ../shared/data/${name}.ndjson.gz`,
	}, async (t) => {
		const people = recorded(name);
		const messages = [...people.values()].flat();
		const database = newDatabase(t);
		const chance = random(messages.length);
		const source = `${KEY}=${at(playbook)}`;
		const batches = batchesOf(messages, 500, chance);
		const { collector, answered } = await sendAll(t, database, source, batches, {
			key: KEY,
			kills: 8,
			chance,
		});
		t.diagnostic(
			`${messages.length} events in ${batches.length} batches, killed 8 times, ${8 - answered} answers lost`,
		);

		const file = `${database}.ndjson`;
		writeFileSync(file, messages.map((message) => JSON.stringify(message)).join("\n"));
		const replay = async (instant) => {
			const words = ["js/dist/cli.js", "replay", "--playbook", at(playbook), "--events", file];
			return linesOf(await run(process.execPath, [...words, "--at", new Date(instant).toISOString()]));
		};
		const now = Date.now();
		const asOf = ["--at", new Date(now).toISOString()];
		const viewed = linesOf(await run(program, ["views", "--database", database, ...asOf]));
		const wanted = await replay(now);
		for (const [place, line] of wanted.entries()) assert.equal(viewed[place], line);
		assert.equal(viewed.length, wanted.length);

		// Pages stand later than all that the collector answers meanwhile.
		const end = Math.ceil(now / hour) * hour + hour;
		const replayed = await replay(end);

		const lines = replayed.map((line) => JSON.parse(line));
		const persons = new Map(lines.filter(({ person }) => person).map((line) => [line.person, line]));
		const accounts = new Map(lines.filter(({ person }) => !person).map((line) => [line.account, line]));
		assert.deepEqual([...persons.keys()].sort(), [...people.keys()].sort());
		const definitions = JSON.parse(readFileSync(at(playbook), "utf8"));
		const [own, teams] = [names(definitions, "person"), names(definitions, "account")];

		const secret = (await run(program, ["secret", "create", "--database", database])).trim();
		const site = await serve(dist);
		t.after(() => site.close());
		const driven = await chromium.launch({ executablePath: browser(), args: ["--no-sandbox"] });
		t.after(() => driven.close());
		const where = { site: site.origin, host: collector.origin, key: KEY, clock: end };
		const device = await openBrowser(await driven.newContext(), where);
		const other = await openBrowser(await driven.newContext(), where);
		const sample = [...people].filter((_, place) => place % every === 0);
		let seenTeams = 0;
		for (const [userId, messages] of sample) {
			const signature = createHmac("sha256", secret).update(userId).digest("hex");
			const [{ anonymousId }] = messages;
			const expected = part({ bands: {}, ...persons.get(userId) }, own, true);
			const same = (found, what) => {
				assert.deepEqual([found.errors, found.warnings, found.late], [[], [], 0], `${userId} ${what}`);
				assert.equal(found.view.person, userId);
				assert.equal(found.view.state, "current");
				assert.deepEqual(part(found.view, own, true), expected, `${userId} ${what}`);
			};
			same(await device({ userId, anonymousId, messages }), "who recorded it");
			const told = await device({ userId, anonymousId, messages, signature });
			same(told, "who recorded it and was told of it");
			const next = await other({ userId, anonymousId: "another device", signature });
			same(next, "who was told of it");
			assert.deepEqual([told.answers, next.answers], [[200], [200]]);
			// As the account was at the last full hour: of so long ago that nothing of it moves any more.
			const { account } = next.view;
			assert.equal(account, persons.get(userId).account ?? undefined);
			const team = accounts.get(account);
			if (!team) continue;
			const known = new Set(
				[...teams].filter(
					(name) => name in next.view.signals || name in next.view.stages || name in next.view.scores,
				),
			);
			seenTeams += known.size;
			assert.deepEqual(
				part(next.view, known, false),
				part({ bands: {}, ...team }, known, false),
				`${userId} of ${account}`,
			);
		}
		t.diagnostic(`${sample.length} people in pages, ${seenTeams} values of accounts`);
	});

test("C05 C06 the collector folds all recorded usage as replay and a native engine do", () => {
	const words = "test --quiet --package ripen-collector --test all fold::door -- --nocapture";
	const done = spawnSync("cargo", words.split(" "), {
		encoding: "utf8",
		env: { ...process.env, FOLD_ALL: "1" },
	});
	assert.equal(done.status, 0, done.stdout + done.stderr);
	const skipped = /^.*SKIPPED: .*$/m.exec(done.stdout);
	if (skipped) {
		console.log(skipped[0]);
	}
});
