// The development build's warnings of options: what was found, what is expected, and a near name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

const { optionWarnings, otherOptions } = await load("development/options.ts");
const said = (given) => optionWarnings(given).map(({ code, message }) => `${code}: ${message}`);

test("an option that is none is named, with the near one", () => {
	assert.deepEqual(said({ writeKey: "wk", playbok: "/p.ripen", zzzzzz: 1 }), [
		"unknown_option: `init` has no option `playbok`; did you mean `playbook`?",
		"unknown_option: `init` has no option `zzzzzz`.",
	]);
	assert.deepEqual(said({ constructor: 1 }).length, 1);
});

for (const [name, bad, good] of [
	["consent", [true, "yes", null], ["granted", "pending", "denied"]],
	["mode", ["evnts", true], ["events", "signals", "off"]],
	[
		"host",
		["ripen.example.com", "not a url", 5],
		["https://ripen.example.com", "http://localhost:1", "/ripen", ""],
	],
	["deny", ["email", [1]], [["email"], []]],
	["clock", [{}, { now: 1, wakeAt() {} }], [{ now() {}, wakeAt() {} }]],
	["actions", ["x", { go: 1 }], [{ go() {} }, {}]],
	["redact", [5], [() => null]],
	["images", ["y"], [["https://example.com"]]],
	["playbook", [7, null], ["/p.ripen", {}, new Uint8Array()]],
	["writeKey", [17], ["wk"]],
	["nudges", ["no"], [true, false]],
])
	test(`C42 \`${name}\` of another kind says what is expected, and what was found`, () => {
		for (const value of bad) {
			const [only, ...more] = optionWarnings({ [name]: value });
			assert.deepEqual([only?.code, more], ["bad_option", []], String(value));
			assert.ok(
				only.message.startsWith(`\`${name}\` of \`init\` is `) && only.message.includes(", not "),
				only.message,
			);
		}
		for (const value of [...good, undefined]) assert.deepEqual(said({ [name]: value }), []);
	});

test("C22 a second `init` that would have something otherwise is told by name; functions and the same values are none", () => {
	const first = { writeKey: "wk", redact: () => null, deny: ["a"] };
	assert.deepEqual(otherOptions(first, { writeKey: "wk", redact: () => null, deny: ["a"] }), []);
	assert.deepEqual(otherOptions(first, { ...first, consent: "denied", deny: ["b"] }), ["deny", "consent"]);
});

test("what cannot be shown as JSON is no harm", () => {
	const loop = {};
	loop.self = loop;
	assert.match(said({ consent: loop })[0], /not object/);
	assert.match(said({ mode: 1n })[0], /not bigint/);
});
