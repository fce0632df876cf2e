/** Files that nobody means: what they do to the command line, whose stack and memory are those of wasm under Node. */
import assert from "node:assert/strict";
import test from "node:test";
import { folder, ripen } from "./ripen.mjs";

const files = folder();
const utf8 = (text) => new TextEncoder().encode(text);
const check = async (name, content, ...options) =>
	ripen(["check", files.put(name, typeof content === "string" ? utf8(content) : content), ...options]);
const many = (count, entry) => Array.from({ length: count }, (_, index) => entry(index)).join(",");

test("100,000 levels are an error with its place, and not the end of the stack", async () => {
	const not = `{"segments": {"s": {"when": ${'{"$not":'.repeat(100_000)}{}${"}".repeat(100_003)}`;
	for (const text of ["[".repeat(100_000), '{"a":'.repeat(100_000), not]) {
		const { code, out, err } = await check("deep.json", text);
		assert.equal(code, 1, err);
		assert.match(out, /deep\.json:1:\d+: error: this is nested deeper than 64 levels\n/);
		assert.match(out, /1 error in /);
	}
});

test("as many levels as there may be compile", async () => {
	const text = `{"segments": {"s": {"when": ${'{"user.a": 1, "$not": '.repeat(60)}{}${"}".repeat(63)}`;
	const path = files.put("just.json", text);
	const { code, err } = await ripen(["compile", path, "-o", files.at("just.ripen")]);
	assert.equal(code, 0, err);
});

test("10 MB, 10,000 signals and nudges, lists of a million: checked", async () => {
	const signals = many(10_000, (n) => `"s${n}": {"count": "e${n}"}`);
	const nudge = `"purpose": "help", "placement": {"kind": "banner"}, "content": {"en": {"title": "t"}}`;
	const nudges = many(
		10_000,
		(n) => `"n${n}": {"on": {"event": "e${n}"}, "when": {"signals.s${n}": 1}, ${nudge}}`,
	);
	const list = many(1_000_000, (n) => n);
	for (const text of [
		`{"signals": {${signals}}, "nudges": {${nudges}}}`,
		`{"segments": {"s": {"when": {"user.a": {"$in": [${list}]}}}}}`,
		`{"signals": {"s": {"count": "${"x".repeat(10_000_000)}"}}}`,
	]) {
		const { code, out, err } = await check("large.json", text);
		assert.equal(code, 0, `${out.slice(0, 1000)}${err}`);
		assert.match(out, /0 errors in /);
	}
});

test("of 10,000 mistakes the first are shown, and how many more there are", async () => {
	const text = `{"signals": {${many(5_000, (n) => `\n"s${n}": {"cuont": "a"}`)}}}`;
	const { code, out } = await check("wrong.json", text);
	assert.equal(code, 1);
	assert.equal(out.match(/: error: /g).length, 100);
	assert.match(out, /\n… and 9900 more \(ripen check --json prints all\)\n10000 errors in /);
	const json = await check("wrong.json", text, "--json");
	assert.equal(JSON.parse(json.out).problems.length, 10_000);
	const compiled = await ripen(["compile", files.at("wrong.json")]);
	assert.equal(compiled.code, 1);
	assert.match(compiled.err, /… and 9900 more/);
});

test("bytes that are no UTF-8 are refused by name", async () => {
	const whole = utf8('{"signals": {"ä": {"count": "a"}}}');
	const halfSurrogate = [0xed, 0xa0, 0x80];
	for (const bytes of [
		whole.slice(0, 15),
		Buffer.concat([whole, Buffer.from(halfSurrogate)]),
		Buffer.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]),
		Buffer.from([0xc0, 0x80]),
	]) {
		const { code, err } = await check("bytes.json", bytes);
		assert.equal(code, 2);
		assert.match(err, /bytes\.json: this is not text in UTF-8/);
	}
});

test("half a surrogate pair as an escape is a mistake at its place", async () => {
	const { code, out } = await check("half.json", '{"signals": {"s": {"count": "\\ud800"}}}');
	assert.equal(code, 1);
	assert.match(out, /half\.json:1:\d+: error: this is not JSON/);
});

test("a mark of the byte order is no mistake; NUL, comments and trailing commas are", async () => {
	assert.equal((await check("bom.json", "\ufeff{}")).code, 0);
	for (const text of ["{}\0", '{"\0": 1}', "{} // why", '{"signals": {},}']) {
		const { code, out } = await check("nearly.json", text);
		assert.equal(code, 1, text);
		assert.match(out, /nearly\.json:1:\d+: error: /);
		assert.ok(!out.includes("\0"), "no such bytes for the terminal");
	}
});

test("what a terminal would obey is not printed as it is", async () => {
	const { code, out } = await check("escape.json", '{"signals": {"s": {"\\u001b[2Jx": 1, "a\\u202eb": 2}}}');
	assert.equal(code, 1);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test("names that mean something to JavaScript are names", async () => {
	const names = ["__proto__", "constructor", "toString"];
	const signals = names.map((name) => `"${name}": {"count": "${name}"}`).join(",");
	const playbook = `{"activity": "never", "signals": {${signals}}, "segments": {"__proto__": {"when": {"signals.__proto__": {"$gte": 1}}}}}`;
	const event = `{"type":"track","messageId":"m","userId":"__proto__","timestamp":"2026-01-01T00:00:00.000Z","event":"__proto__"}\n`;
	const path = files.put("names.json", playbook);
	const { code, out, err } = await ripen([
		"replay",
		"--playbook",
		path,
		"--events",
		files.put("events.ndjson", event),
	]);
	assert.equal(code, 0, err);
	assert.match(
		out,
		/"person":"__proto__".*"signals":\{"__proto__":1,"constructor":0,"toString":0\},"segments":\["__proto__"\]/,
	);
});
