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
	assert.match(out, /^0 errors in .*playbook\.json\n/, "nor a warning");
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
	const {
		problems: [problem, ...more],
		state,
	} = JSON.parse(out);
	assert.deepEqual(state, []);
	assert.deepEqual(more, []);
	assert.equal(problem.file, path);
	assert.equal(problem.severity, "error");
	assert.equal(problem.line, lineOf(misspelt, "signals.taks"));
	assert.match(problem.path, /^ladders\.journey/);
	const sound = await ripen(["check", "--json", files.put("sound.json", playbook)]);
	assert.deepEqual([sound.code, JSON.parse(sound.out).problems], [0, []]);
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

test("the line stands below, with a caret under the place", async () => {
	const shown = async (text) => {
		const { out } = await ripen(["check", "-"], { input: text });
		const [, line, caret] = out.split("\n");
		return { line, caret, under: line[caret.indexOf("^")], out };
	};
	const inTabs = await shown('{\n\t"signals": {\t"n": { "count": 7 } }\n}');
	assert.equal(inTabs.line, '    2 | \t"signals": {\t"n": { "count": 7 } }');
	assert.equal(inTabs.caret.replaceAll(/[^\t|]/g, ""), "|\t\t", "tabs stay tabs");
	assert.equal(inTabs.under, "7");
	const long = {
		signals: Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`s${n}`, { count: "a" }])),
	};
	const inOneLine = await shown(JSON.stringify(long).replace('"s50":{"count":"a"', '"s50":{"count":7'));
	assert.ok(inOneLine.line.length < 120 && inOneLine.line.includes("…"), inOneLine.line);
	assert.equal(inOneLine.under, "7");
	const inWords = await shown('\ufeff{"signals": {"ä🎈": {"count": 7}}}');
	assert.equal([...inWords.line][[...inWords.caret].indexOf("^")], "7");
	assert.equal((await shown("")).line, "1 error in standard input");
});

test("of a sound playbook it says how much the state of somebody can take, the largest first", async () => {
	const both = {
		signals: {
			tasks: { count: "task_created" },
			files: { distinct: "file", of: "*" },
			members: { people: "*", scope: "account" },
		},
	};
	const path = files.put("both.json", both);
	const { out } = await ripen(["check", path]);
	const [, , person, first] = out.split("\n");
	assert.match(person, /^A person's state takes [\d,]+ bytes at most, however long they stay;/);
	assert.match(first, /^ +[\d,]+ {2}signals\.files +a hash of at most 1,024 values$/);
	assert.match(
		out,
		/\nAn account's, which the collector keeps, [\d,]+ bytes at most\.\n +[\d,]+ {2}signals\.members/,
	);
	const { state } = JSON.parse((await ripen(["check", "--json", path])).out);
	for (const bound of [state[0].person, state[0].account]) {
		const sizes = bound.parts.map(({ bytes }) => bytes);
		assert.equal(
			bound.bytes,
			sizes.reduce((sum, bytes) => sum + bytes),
		);
		assert.deepEqual(
			sizes,
			sizes.toSorted((one, other) => other - one),
		);
	}
	assert.doesNotMatch((await ripen(["check", files.put("wrong.json", misspelt)])).out, /bytes at most/);
});

test("warnings fail nothing, and are counted", async () => {
	const rivals = { segments: { s: { when: { "user.age": { $gte: 5, $lt: 3 } } } } };
	const { code, out } = await ripen(["check", files.put("warned.json", rivals)]);
	assert.equal(code, 0);
	assert.match(
		out,
		/: warning: nobody is ever in this segment: .*\n(?:.*\n)*0 errors and 1 warning in .*warned\.json\n/,
	);
});
