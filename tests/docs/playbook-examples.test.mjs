// What the documentation shows is tried: each playbook is checked, each part of one with those before it, each mistake
// makes just the message that stands below it, and the replay prints just the lines that stand there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder, ripen } from "../cli/ripen.mjs";
import { blocksOf, together } from "./blocks.mjs";

const files = folder();
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const names = readdirSync(new URL("../../docs/", import.meta.url)).filter((name) => name.endsWith(".md"));
const pages = ["README.md", "ARCHITECTURE.md", ...names.map((name) => `docs/${name}`)].map((path) => ({
	path,
	blocks: blocksOf(read(path)),
}));
const guide = pages.find(({ path }) => path === "docs/playbook.md").blocks;
const using = (blocks, use) => blocks.filter((block) => block.use === use).map(({ body }) => body);

for (const { path, blocks } of pages) {
	for (const [index, body] of using(blocks, "playbook").entries()) {
		test(`${path}: playbook ${index + 1} has no mistake`, () => sound(body));
	}
	const parts = using(blocks, "part");
	for (const index of parts.keys()) {
		test(`${path}: part ${index + 1} of its playbook has no mistake`, () =>
			sound(JSON.stringify(together(parts.slice(0, index + 1))), index < parts.length - 1));
	}
}

/** A part may speak of what a later one brings: then `check` warns, until it is there. */
async function sound(text, more = false) {
	const { code, out } = await ripen(["check", "-"], { input: text });
	assert.equal(code, 0, out);
	if (!more) assert.match(out, /^0 errors in /, "nor a warning");
}

test("the guide has parts, mistakes and a replay, and each JSON block says what it is for", () => {
	assert.ok(using(guide, "part").length > 5);
	for (const use of ["wrong", "problems", "events", "timeline", "explain"])
		assert.equal(using(guide, use).length, 1, use);
	const uses = guide.filter(({ language }) => language === "json").map(({ use }) => use);
	assert.deepEqual([...new Set(uses)].sort(), ["part", "wrong"]);
});

test("the guide's mistakes are reported as it says", async () => {
	const [wrong] = using(guide, "wrong");
	const { code, out } = await ripen(["check", "-"], { input: wrong });
	assert.equal(code, 1);
	assert.equal(out, using(guide, "problems")[0]);
});

test("the guide's replay prints the timeline that it shows", async () => {
	const playbook = files.put("playbook.json", together(using(guide, "part")));
	const events = files.put("events.ndjson", using(guide, "events")[0]);
	const command = guide.find(({ body }) => body.includes("--at ")).body;
	const at = /--at (\S+)/.exec(command)[1];
	const run = await ripen(["replay", "--playbook", playbook, "--events", events, "--timeline", "--at", at]);
	assert.equal(run.err, "", "every line is an event");
	assert.equal(run.out, using(guide, "timeline")[0]);
});

test("the guide's explanation is what the command prints", async () => {
	const playbook = files.put("playbook.json", together(using(guide, "part")));
	const events = files.put("events.ndjson", using(guide, "events")[0]);
	const command = guide.find(
		({ body }) => body.startsWith("npx ripen explain") && body.includes("--at "),
	).body;
	const [, more] = /(--person .*)$/m.exec(command);
	const run = await ripen(["explain", "--playbook", playbook, "--events", events, ...more.split(" ")]);
	assert.equal(run.err, "");
	assert.equal(run.out, using(guide, "explain")[0]);
});

test("the guide's bound of the sample's state is what check says", async () => {
	const sample = new URL("../../www/playbook.json", import.meta.url);
	const { out } = await ripen(["check", fileURLToPath(sample)]);
	assert.ok(out.includes(using(guide, "bounds")[0]), out);
});
