import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { folder, playbook, ripen, start, tasks } from "./ripen.mjs";

const files = folder();
const book = files.put("playbook.json", playbook);
const lines = [...tasks("ada", 3), ...tasks("bob", 1)];
const ndjson = `${lines.join("\n")}\n`;
const events = files.put("events.ndjson", ndjson);
const replay = (file, ...more) => ripen(["replay", "--playbook", book, "--events", file, ...more]);
const parsed = (out) =>
	out
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));
const state = (out) =>
	parsed(out).map(({ person, signals, stages }) => [person, signals.tasks, stages.journey]);

test("a line for each person: signals and stages as they are at the last event", async () => {
	const { code, out, err } = await replay(events);
	assert.equal(code, 0, err);
	assert.equal(err, "");
	assert.deepEqual(state(out), [
		["ada", 3, "set_up"],
		["bob", 1, "new"],
	]);
	for (const { at } of parsed(out)) assert.equal(at, "2026-01-01T02:00:00.000Z");
});

test("--at shows how it was then", async () => {
	const { out } = await replay(events, "--at", "2026-01-01T00:30:00+00:00");
	assert.deepEqual(state(out), [
		["ada", 1, "new"],
		["bob", 1, "new"],
	]);
});

test("--timeline prints the changes, with when, what, from and to", async () => {
	const { out } = await replay(events, "--timeline");
	const stages = parsed(out).filter(({ kind, person }) => kind === "stage" && person === "ada");
	const of = (at, from, to) => ({ at, person: "ada", kind: "stage", name: "journey", from, to });
	assert.deepEqual(stages, [
		of("2026-01-01T00:00:00.000Z", null, "new"),
		of("2026-01-01T01:00:00.000Z", "new", "set_up"),
	]);
});

test("gzip is known by its content, not its name, also in several members", async () => {
	const { out } = await replay(events);
	const whole = await replay(files.put("whole.ndjson.gz", gzipSync(ndjson)));
	assert.equal(whole.out, out);
	const half = Math.floor(ndjson.length / 2);
	const members = Buffer.concat([gzipSync(ndjson.slice(0, half)), gzipSync(ndjson.slice(half))]);
	const joined = await replay(files.put("members", members));
	assert.equal(joined.out, out);
});

test("standard input, plain and packed", async () => {
	const { out } = await replay(events);
	const args = ["replay", "--playbook", book, "--events", "-"];
	assert.equal((await ripen(args, { input: ndjson })).out, out);
	assert.equal((await ripen(args, { input: gzipSync(ndjson) })).out, out);
});

test("lines that are no event are counted, and change nothing", async () => {
	const { out } = await replay(events);
	const dirty = `not json\n${lines[0]}\n{"type":"track"\n${lines.slice(1).join("\n")}\n[1]`;
	const { code, out: same, err } = await replay(files.put("dirty.ndjson", dirty));
	assert.equal(code, 0);
	assert.equal(same, out);
	assert.equal(err, "3 lines skipped: no event\n");
});

test("a last line without its newline counts like any other", async () => {
	const { out } = await replay(events);
	const cut = await replay(files.put("no-newline.ndjson", ndjson.trimEnd()));
	assert.deepEqual([cut.out, cut.err], [out, ""]);
});

test("no events give no lines", async () => {
	const { code, out, err } = await replay(files.put("empty.ndjson", ""));
	assert.deepEqual({ code, out, err }, { code: 0, out: "", err: "" });
});

test("damaged gzip stops with the reason and prints no half answer", async () => {
	const packed = gzipSync(ndjson);
	const { code, out, err } = await replay(files.put("cut.gz", packed.subarray(0, packed.length - 9)));
	assert.equal(code, 2);
	assert.equal(out, "");
	assert.match(err, /cut\.gz: the gzip data is damaged or cut off/);
});

test("a playbook with errors replays nothing", async () => {
	const wrong = files.put("wrong.json", JSON.stringify(playbook).replace("signals.tasks", "signals.taks"));
	const { code, out, err } = await ripen(["replay", "--playbook", wrong, "--events", events]);
	assert.equal(code, 1);
	assert.equal(out, "");
	assert.match(err, /wrong\.json:1:\d+: error: .*taks/);
});

const many = 4_000;
const big = files.put(
	"big.ndjson",
	Array.from({ length: many }, (_, index) =>
		tasks(`person-${String(index).padStart(5, "0")}`, 3).join("\n"),
	).join("\n"),
);

test("a file of several pieces, whose borders cut lines, is read whole", async () => {
	const { code, out, err } = await replay(big);
	assert.equal(code, 0, err);
	const all = state(out);
	assert.equal(all.length, many);
	assert.ok(all.every(([, tasks, stage]) => tasks === 3 && stage === "set_up"));
});

test("a reader that stops early ends it quietly", async () => {
	const child = start(["replay", "--playbook", book, "--events", big]);
	let err = "";
	child.stderr.on("data", (chunk) => {
		err += chunk;
	});
	child.stdout.once("data", () => child.stdout.destroy());
	const code = await new Promise((resolve) => child.once("close", resolve));
	assert.deepEqual({ code, err }, { code: 0, err: "" });
});
