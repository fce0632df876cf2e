// Why somebody saw something or did not: and whoever changes just what it names sees the verdict turn.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { folder, playbook, ripen, tasks } from "./ripen.mjs";

const files = folder();
const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const explain = (book, events, ...more) =>
	ripen(["explain", "--playbook", book, "--events", events, ...more]);
const trees = async (...args) => {
	const { code, out, err } = await explain(...args, "--json");
	assert.equal(code, 0, err);
	return JSON.parse(out);
};
const all = (nodes = []) => nodes.flatMap((node) => [node, ...all(node.parts)]);

const small = files.put("small.json", playbook);
const two = files.put("two.ndjson", [...tasks("ada", 3), ...tasks("bob", 1)].join("\n"));

test("a tree for people: the verdict, what is seen and what is wanted", async () => {
	const { code, out, err } = await explain(small, two, "--person", "bob");
	assert.deepEqual([code, err], [0, ""]);
	assert.equal(
		out,
		[
			"· ladders.journey is at new",
			"  ✓ ladders.journey.new was met 2 hours ago",
			"  ✗ ladders.journey.set_up is not met",
			"    ✗ signals.tasks is 1, wanted ≥ 2",
			"",
		].join("\n"),
	);
});

test("--at explains how things stood then, and --json prints the same for programs", async () => {
	const at = ["--at", "2026-01-01T00:30:00Z"];
	const [rung] = await trees(small, two, "--person", "ada", ...at, "ladders.journey.set_up");
	const { kind, id, holds, parts } = rung;
	assert.deepEqual([kind, id, holds], ["rung", "ladders.journey.set_up", false]);
	const text = "signals.tasks is 1, wanted ≥ 2";
	const leaf = { kind: "test", id: "signals.tasks", holds: false, text, seen: 1, wanted: "≥ 2" };
	assert.deepEqual(parts, [leaf]);
	const [later] = await trees(small, two, "--person", "ada", "journey.set_up");
	assert.equal(later.holds, true);
	assert.equal(later.since, Date.UTC(2026, 0, 1, 1));
});

test("who is not there, what is not there, and nobody at all: each says what may have been meant", async () => {
	for (const [args, wanted] of [
		[["--person", "adda"], /there is no person adda at that time; did you mean ada\?/],
		[["--account", "acme"], /there is no account acme at that time/],
		[["--person", "ada", "jorney"], /nothing called jorney .*; did you mean journey\?/],
		[["--person", "ada", "signals.task"], /did you mean signals\.tasks\?/],
		[[], /whom\? .* 2 people, ada, bob/],
		[["--person", "ada", "--account", "acme"], /not both/],
	]) {
		const { code, out, err } = await explain(small, two, ...args);
		assert.deepEqual([code, out], [2, ""], err);
		assert.match(err, wanted);
	}
});

test("a number, asked for by name, says what it counts; of one person no name is needed", async () => {
	const alone = files.put("alone.ndjson", tasks("ada", 2).join("\n"));
	const { out } = await explain(small, alone, "tasks");
	assert.equal(out, "· signals.tasks is 2: how often task_created\n");
});

test("an account's own definitions, and what a person sees of them, down to the account's signals", async () => {
	const book = files.put("account.json", {
		signals: { changes: { count: "change", scope: "account", within: "3d" } },
		segments: {
			busy: { scope: "account", when: { "signals.changes": { $gte: 2 } } },
			works_along: { when: { segments: { $in: ["busy"] } } },
		},
	});
	const event = (person, hour) => ({
		...{ type: "track", event: "change", messageId: `${person}${hour}`, userId: person },
		...{ timestamp: new Date(Date.UTC(2026, 0, 1, hour)).toISOString() },
		context: { groupId: "acme", timezoneOffset: 330 },
	});
	const lines = [event("ada", 1), event("bob", 2)].map((each) => JSON.stringify(each));
	const events = files.put("account.ndjson", lines.join("\n"));
	const at = ["--at", "2026-01-01T12:00:00Z"];
	const [busy] = await trees(book, events, "--account", "acme", ...at);
	assert.deepEqual([busy.id, busy.holds], ["segments.busy", true]);
	// The window of an account is of days in UTC, and looks three of them back.
	assert.equal(busy.turns, Date.UTC(2026, 0, 4));
	const [along] = await trees(book, events, "--person", "bob", ...at, "works_along");
	assert.equal(along.parts[0].parts[0].text, "signals.changes is 2, wanted ≥ 2");
	// Bob looks when his own hour begins, which is at half past.
	assert.equal(along.turns, Date.UTC(2026, 0, 4, 0, 30));
	const state = async (time) => {
		const { out } = await ripen(["replay", "--playbook", book, "--events", events, "--at", time]);
		return JSON.parse(out.split("\n")[1]).segments;
	};
	assert.deepEqual(await state("2026-01-03T23:59:59Z"), ["busy", "works_along"]);
	assert.deepEqual(await state("2026-01-04T00:30:00Z"), []);
});

/** The sample product's events of a few days, as `explain` may ask for more of them. */
function usage() {
	const events = [];
	let now = Date.UTC(2026, 2, 2, 9);
	let session = 1;
	const add = (message) =>
		events.push({
			messageId: `m${String(events.length).padStart(4, "0")}`,
			userId: "ada",
			timestamp: new Date(now).toISOString(),
			context: { sessionId: `s${session}` },
			...message,
		});
	add({ type: "group", groupId: "acme", traits: { plan: "free" } });
	return {
		pass: (until) => {
			now = until;
		},
		wait: (milliseconds) => {
			now += milliseconds;
		},
		act: (event, properties) => add({ type: "track", event, properties }),
		comeBack: () => {
			session += 1;
			now += 60 * 60 * 1000;
			add({ type: "page" });
		},
		file: () => files.put("usage.ndjson", events.map((event) => JSON.stringify(event)).join("\n")),
		at: () => ["--at", new Date(now).toISOString()],
	};
}

const dayMs = 24 * 60 * 60 * 1000;

test("doing just what explain names, one by one, brings the nudge about", async () => {
	const cairn = read("www/playbook.json");
	const book = files.put("cairn.json", cairn);
	const person = usage();
	person.act("project_created");
	const did = new Map();
	for (let round = 0; round < 40; round++) {
		const [nudge] = await trees(book, person.file(), ...person.at(), "upgrade_at_limit");
		if (nudge.holds && did.has("limits.dismissed")) break;
		if (nudge.holds) {
			// Seen and refused, so that there is more to wait for.
			person.act("$nudge_shown", { nudge: "upgrade_at_limit" });
			person.act("$nudge_dismissed", { nudge: "upgrade_at_limit" });
			continue;
		}
		const [first] = nudge.blockedBy;
		did.set(first, (did.get(first) ?? 0) + 1);
		const reason = nudge.parts.find(({ id }) => id === first);
		assert.equal(reason.holds, false);
		if (first === "policy.per_session") person.comeBack();
		else if (reason.turns) {
			// It says that waiting is enough, and from when.
			person.pass(reason.turns - 1);
			const [before] = await trees(book, person.file(), ...person.at(), "upgrade_at_limit");
			assert.ok(before.blockedBy.includes(first), `${first} a moment before`);
			person.wait(1);
			const [after] = await trees(book, person.file(), ...person.at(), "upgrade_at_limit");
			assert.ok(!after.blockedBy.includes(first), `${first} at ${reason.turns}`);
		} else {
			const leaf = all(reason.parts).find(({ kind, holds, parts }) => kind === "test" && !holds && !parts);
			const { count, days } = cairn.signals[/^signals\.(\w+)$/.exec(leaf.id)[1]];
			const least = Number(/^≥ (\d+)$/.exec(leaf.wanted)[1]);
			for (let seen = leaf.seen; seen < least; seen++) {
				person.wait(days ? dayMs : 1000);
				person.act([count ?? days].flat()[0]);
			}
			const [now] = await trees(book, person.file(), ...person.at(), "upgrade_at_limit");
			const same = all(now.parts).find(
				({ kind, id, wanted }) => kind === "test" && `${id} ${wanted}` === `${leaf.id} ${leaf.wanted}`,
			);
			assert.ok(!same || same.holds, `${leaf.text}: done, and still ${same?.text}`);
		}
	}
	const [nudge] = await trees(book, person.file(), ...person.at(), "nudges.upgrade_at_limit");
	assert.deepEqual(nudge.blockedBy, [], nudge.text);
	assert.deepEqual(nudge.on, ["project_limit_reached"]);
	// All three ways were needed: to act, to come back, to wait.
	const ways = [
		"limits.dismissed",
		"policy.gap",
		"policy.help_first",
		"policy.per_session",
		"policy.quiet",
		"when",
	];
	assert.deepEqual([...did.keys()].sort(), ways);
});

const contributions = fileURLToPath(new URL("../../../shared/data/contributions.ndjson.gz", import.meta.url));
const skip = !existsSync(contributions) && "shared/data/contributions.ndjson.gz is not there";

test("contributions: lowering just the threshold that explain names turns the verdict", {
	skip,
}, async () => {
	const whole = read("tests/contributions/playbook.json");
	const book = files.put("contributions.json", whole);
	const at = ["--at", "2023-06-01T00:00:00Z"];
	const { out } = await ripen(["replay", "--playbook", book, "--events", contributions, ...at]);
	const people = out
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line).person);
	const some = people.filter((person, index) => person && index % 3 === 0).slice(0, 12);
	assert.ok(some.length > 5);
	let turned = 0;
	for (const person of some) {
		const explained = await trees(book, contributions, "--person", person, ...at);
		for (const { id, kind, holds, parts = [] } of explained) {
			if (kind !== "segment" || holds) continue;
			const missing = parts.filter((part) => !part.holds);
			const [leaf] = missing;
			const least = Number(/^≥ ([\d.]+)$/.exec(leaf.wanted)?.[1]);
			if (missing.length > 1 || leaf.kind !== "test" || Number.isNaN(least) || leaf.seen === null) continue;
			const changed = structuredClone(whole);
			const { when } = changed.segments[id.split(".")[1]];
			assert.equal(when[leaf.id].$gte, least);
			when[leaf.id].$gte = leaf.seen;
			const other = files.put("changed.json", changed);
			const [now] = await trees(other, contributions, "--person", person, ...at, id);
			assert.equal(now.holds, true, `${person}: ${leaf.text}`);
			turned += 1;
		}
	}
	assert.ok(turned >= 3, `only ${turned} could be tried`);
});
