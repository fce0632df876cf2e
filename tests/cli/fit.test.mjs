import assert from "node:assert/strict";
import test from "node:test";
import { folder, ripen } from "./ripen.mjs";

const files = folder();
const DAY = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 0, 1);

/** The same numbers in every run (mulberry32). */
function random(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let bits = Math.imul(state ^ (state >>> 15), 1 | state);
		bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
		return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
	};
}

const event = (person, name, number, time) =>
	JSON.stringify({
		type: "track",
		event: name,
		messageId: `${person}-${name}-${number}`,
		userId: person,
		timestamp: new Date(time).toISOString(),
	});

/** Each at a rate of their own, leaving with a probability of their own after each visit. */
function usage(people, days, seed = 7) {
	const next = random(seed);
	const lines = [];
	for (let index = 0; index < people; index += 1) {
		const [every, leaves] = [1 + 12 * next() ** 2, 0.5 * next() ** 2];
		let time = 20 * next();
		for (let number = 0; time < days; number += 1) {
			lines.push(event(`person-${index}`, "worked", number, start + time * DAY));
			if (next() < leaves) break;
			time -= every * Math.log(1 - next());
		}
	}
	return lines;
}

const lines = usage(400, 160);
const events = files.put("events.ndjson", lines.join("\n"));
const fit = (file, ...more) => ripen(["fit", "--events", file, ...more]);
const json = async (file, ...more) => {
	const { code, out, err } = await fit(file, "--json", ...more);
	assert.equal(code, 0, err);
	return JSON.parse(out);
};

test("the line to paste is a playbook's, and the tables are there", async () => {
	const { code, out, err } = await fit(events);
	assert.deepEqual({ code, err }, { code: 0, err: "" });
	const [pasted] = /^"rhythm": \{.*\}$/m.exec(out);
	const checked = await ripen(["check", "-"], { input: `{${pasted}}` });
	assert.equal(checked.code, 0, checked.out);
	for (const line of [
		/^400 people in 1\d\d days/m,
		/^standard error( +[\d.]+){4}$/m,
		/^7 or more( .*%){3}$/m,
	])
		assert.match(out, line);
});

test("--json has the same, for programs", async () => {
	const report = await json(events);
	const { out } = await fit(events);
	for (const [name, value] of Object.entries(report.rhythm))
		assert.ok(out.includes(`"${name}": ${value}`), name);
	assert.deepEqual(report.warnings, []);
	assert.equal(report.people, 400);
	const { rows, all, held_back_days } = report.calibration;
	assert.equal(held_back_days, Math.floor(report.days / 4));
	assert.deepEqual(
		rows.map(({ x, and_more }) => [x, and_more]),
		[0, 1, 2, 3, 4, 5, 6, 7].map((x) => [x, x === 7]),
	);
	assert.equal(
		rows.reduce((sum, { people }) => sum + people, 0),
		all.people,
	);
	assert.ok(Math.abs(all.predicted / all.seen - 1) < 0.25, `foretold ${all.predicted}, seen ${all.seen}`);
	assert.ok(Math.abs(all.expected_back - all.came_back) < 0.1);
});

test("the playbook's activity says what counts, and nothing else of it does", async () => {
	const noise = lines.map((line, index) => {
		const { userId, timestamp } = JSON.parse(line);
		return event(userId, "looked", index, Date.parse(timestamp) + 1.5 * DAY * (index % 2));
	});
	// Before the last event, so that the end is the same.
	const end = lines
		.map((line) => JSON.parse(line).timestamp)
		.sort()
		.at(-1);
	const kept = noise.filter((line) => JSON.parse(line).timestamp < end);
	const noisy = files.put("noisy.ndjson", [...lines, ...kept].join("\n"));
	const activity = {
		activity: "worked",
		interval: "30d",
		rhythm: { r: 9, alpha: 9, a: 9, b: 9, at_risk_below: 0.9 },
	};
	const book = files.put("activity.json", activity);
	assert.deepEqual(await json(noisy, "--playbook", book), await json(events));
	assert.notDeepEqual((await json(noisy)).rhythm, (await json(events)).rhythm);
});

test("--at takes the events up to then", async () => {
	const at = new Date(start + 100 * DAY).toISOString();
	const until = lines.filter((line) => JSON.parse(line).timestamp <= at);
	const report = await json(events, "--at", at);
	assert.deepEqual(report, await json(files.put("until.ndjson", until.join("\n")), "--at", at));
	assert.equal(report.end, at);
});

test("few people are warned of, on standard error", async () => {
	const { code, err } = await fit(files.put("few.ndjson", usage(20, 160).join("\n")));
	assert.equal(code, 0);
	assert.match(err, /^warning: 20 people are few/m);
});

test("where nobody came twice, or nobody at all, it says what to do", async () => {
	const once = Array.from({ length: 60 }, (_, index) => event(`p${index}`, "worked", 0, start + index * DAY));
	const twice = await fit(files.put("once.ndjson", once.join("\n")));
	assert.deepEqual([twice.code, twice.out], [2, ""]);
	assert.match(twice.err, /of 60 people nobody was active on a second day.*record for longer/);
	const nobody = await fit(files.put("empty.ndjson", ""));
	assert.deepEqual([nobody.code, nobody.out], [2, ""]);
	assert.match(nobody.err, /nobody is active in these events/);
});

test("a playbook with errors fits nothing; lines that are no event are counted", async () => {
	const wrong = await fit(events, "--playbook", files.put("wrong.json", { activity: 7 }));
	assert.deepEqual([wrong.code, wrong.out], [1, ""]);
	assert.match(wrong.err, /wrong\.json:\d+:\d+: error: /);
	const dirty = await fit(files.put("dirty.ndjson", `not json\n${lines.join("\n")}`), "--json");
	assert.equal(dirty.err, "1 line skipped: no event\n");
	assert.deepEqual(JSON.parse(dirty.out), await json(events));
});
