// What README shows in JavaScript is what the package has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { blocksOf } from "./blocks.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const entry = new URL("../../js/dist/index.js", import.meta.url);
const scripts = blocksOf(readme)
	.filter(({ language }) => language === "js")
	.map(({ body }) => body);

test("the snippet runs, here as on a server: it does nothing and throws nothing", async () => {
	assert.match(scripts[0], /from "ripen";/);
	const source = scripts[0].replace('"ripen"', JSON.stringify(entry.href));
	await import(`data:text/javascript,${encodeURIComponent(source)}`);
});

test("README explains every function that the package exports, and no other", async () => {
	const exported = Object.keys(await import(entry));
	const tables = [...readme.matchAll(/^\| (`.*?) \| /gm)].map(([, call]) => call).join(" ");
	const explained = new Set([...tables.matchAll(/`(\w+)\(/g)].map(([, name]) => name));
	assert.deepEqual([...explained, "init"].sort(), exported.sort());
});

test("the clock for tests wakes in order, each once, and not what was cancelled", () => {
	const script = scripts.find((body) => body.includes("function testClock"));
	const make = new Function(`${script.slice(0, script.indexOf("const clock"))}; return testClock;`)();
	const clock = make(0);
	const woken = [];
	clock.wakeAt(20, () => woken.push("late"));
	clock.wakeAt(10, () => woken.push(clock.now()));
	clock.wakeAt(15, () => woken.push("cancelled"))();
	clock.wakeAt(99, () => woken.push("not yet"));
	clock.advance(30);
	clock.advance(30);
	assert.deepEqual(woken, [30, "late"]);
});
