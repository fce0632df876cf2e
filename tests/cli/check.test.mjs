import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { folder, playbook, ripen } from "./ripen.mjs";

const files = folder();
const misspelt = JSON.stringify(playbook, null, "\t").replace("signals.tasks", "signals.taks");
/** Where a reader finds it: 1-based, columns as an editor shows them. */
const lineOf = (text, what) => text.split("\n").findIndex((line) => line.includes(what)) + 1;

test("the sample product's playbook has no errors", async () => {
	const sample = fileURLToPath(new URL("../../www/playbook.json", import.meta.url));
	const { code, out } = await ripen(["check", sample]);
	assert.equal(code, 0, out);
	assert.match(out, /0 errors.* in .*playbook\.json\n$/);
});

test("a misspelt signal: file, line, column, and the near name", async () => {
	const path = files.put("misspelt.json", misspelt);
	const { code, out } = await ripen(["check", path]);
	assert.equal(code, 1);
	const [, line, column] = /misspelt\.json:(\d+):(\d+): error: .*taks/.exec(out) ?? [];
	assert.equal(Number(line), lineOf(misspelt, "signals.taks"), out);
	const text = misspelt.split("\n")[line - 1];
	assert.ok(
		column >= 1 && column - 1 <= text.indexOf("taks") + 1,
		`column ${column} of ${JSON.stringify(text)}`,
	);
	assert.match(out, /\btasks\b/, "the near name");
	assert.match(out, /1 error in .*misspelt\.json\n$/);
});

test("a wrong type is an error at its place, and says what was expected", async () => {
	const wrong = { ...playbook, signals: { tasks: { count: 7 } } };
	const text = JSON.stringify(wrong, null, "\t");
	const { code, out } = await ripen(["check", files.put("wrong.json", wrong)]);
	assert.equal(code, 1);
	assert.match(out, new RegExp(`wrong\\.json:${lineOf(text, "7")}:\\d+: error: `));
});

test("what is no JSON is an error with its place, not a crash", async () => {
	const { code, out } = await ripen(["check", files.put("broken.json", '{\n\t"signals": {\n')]);
	assert.equal(code, 1);
	assert.match(out, /broken\.json:\d+:\d+: error: /);
});

test("--json prints the mistakes for programs", async () => {
	const path = files.put("json.json", misspelt);
	const { code, out } = await ripen(["check", "--json", path]);
	assert.equal(code, 1);
	const [problem, ...more] = JSON.parse(out);
	assert.deepEqual(more, []);
	assert.equal(problem.file, path);
	assert.equal(problem.severity, "error");
	assert.equal(problem.line, lineOf(misspelt, "signals.taks"));
	assert.match(problem.path, /^ladders\.journey/);
	const sound = await ripen(["check", "--json", files.put("sound.json", playbook)]);
	assert.deepEqual([sound.code, JSON.parse(sound.out)], [0, []]);
});

test("- reads standard input", async () => {
	const { code, out } = await ripen(["check", "-"], { input: misspelt });
	assert.equal(code, 1);
	assert.match(out, /^<stdin>:\d+:\d+: error: /);
	assert.match(out, /1 error in standard input\n$/);
});

test("several files are checked in one go, and one bad one is enough", async () => {
	const [good, bad] = [files.put("good.json", playbook), files.put("bad.json", misspelt)];
	const { code, out } = await ripen(["check", good, bad]);
	assert.equal(code, 1);
	assert.match(out, /bad\.json:\d+/);
	assert.doesNotMatch(out, /good\.json:\d+/);
	assert.match(out, /1 error in 2 files\n$/);
});

test("nothing is coloured where nobody sees it", async () => {
	const { out } = await ripen(["check", "-"], { input: misspelt });
	assert.ok(!out.includes("\x1b"));
});
