// `ripen/node`: the page's engine where there is no page, against the cases that are written by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openEngine } from "../dist/node.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const cases = JSON.parse(read("tests/vectors/semantics/cases.json"));
const keys = ["person", "account", "signals", "segments", "scores", "bands", "stages", "moments", "momentum"];
/** Numbers are printed with six decimals. */
const round = (_key, value) => (typeof value === "number" ? Number(value.toFixed(6)) : value);
const told = (view) =>
	view && JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, view[key]])), round));
const latest = (events) =>
	events
		.map(({ timestamp }) => timestamp)
		.sort()
		.at(-1);
/** About one person, all of whose events say when they were. (An account is known to a page by a snapshot alone.) */
const plain = cases.filter(
	({ final, events }) =>
		final?.length === 1 && final[0].person && events.every(({ raw, timestamp }) => !raw && timestamp),
);
const playbook = JSON.parse(read("www/playbook.json"));
const day = 86_400_000;
const start = Date.UTC(2026, 0, 5, 10);
/** A task a day, of somebody who signs in on the third. */
const events = Array.from({ length: 9 }, (_, at) => ({
	type: "track",
	event: at ? "task_created" : "project_created",
	messageId: `m${at}`,
	anonymousId: "somebody",
	...(at >= 3 && { userId: "ada" }),
	timestamp: new Date(start + at * day).toISOString(),
	context: {},
}));

test("it sees people as the cases of the semantics say, and so as a page does", async () => {
	for (const { name, playbook, events, at, final } of plain) {
		const engine = await openEngine(playbook);
		const [line] = final;
		const view = engine.view({ person: line.person, events, at: Date.parse(at ?? latest(events)) });
		assert.deepEqual(told(view), told(line), name);
	}
	assert.ok(plain.length > 80, `${plain.length}`);
});

test("the same question has the same answer, whatever was asked before, and in whatever order it is asked", async () => {
	const engine = await openEngine(playbook);
	const ask = (days, more) => engine.view({ person: "ada", events, at: start + days * day, ...more });
	const days = [8, 3, 5, 0, 8, 4, 30];
	const first = days.map((each) => ask(each));
	assert.deepEqual(
		days.map((each) => ask(each)),
		first,
	);
	assert.equal(ask(8, { person: "grace" }), undefined, "of nobody else anything is known");
	assert.deepEqual(ask(8, { events: [...events, ...events].reverse() }), ask(8), "in any order, each once");
	assert.deepEqual([ask(3).signals.tasks, ask(8).signals.tasks], [3, 8], "what is later is not looked at");
	assert.equal(ask(8).state, "current");
});

test("C14 one runtime answers, however many ask about whatever times, and each as if it were asked alone", async () => {
	const { Runtime } = await import("../dist/wasm/ripen.js");
	const used = new Set();
	const { setPerson } = Runtime.prototype;
	Runtime.prototype.setPerson = function (person) {
		used.add(this);
		return setPerson.call(this, person);
	};
	try {
		const engine = await openEngine(playbook);
		const ask = (engine, at) => engine.view({ person: "ada", events, at });
		const answers = [];
		// In no order: a step that goes through all of them.
		for (let i = 0; i < 200; i++) {
			const at = start + ((i * 77) % 200) * (day / 10);
			answers.push([at, ask(engine, at)]);
		}
		assert.equal(used.size, 1);
		for (const [at, answer] of answers.filter((_, i) => i % 20 === 0)) {
			assert.deepEqual(answer, ask(await openEngine(playbook), at), new Date(at).toISOString());
			assert.equal(answer?.at ?? at, at);
		}
	} finally {
		Runtime.prototype.setPerson = setPerson;
	}
});

test("C12 what fails in one question is that one's: the next is answered", async () => {
	const engine = await openEngine(playbook);
	const question = { person: "ada", events, at: start + 8 * day };
	const wanted = engine.view(question);
	const hostile = {
		get title() {
			throw new Error("the host's");
		},
	};
	const [first, ...rest] = events;
	const bad = [{ ...first, properties: hostile }, ...rest];
	assert.throws(() => engine.view({ ...question, events: bad }), /the host's/);
	assert.deepEqual(engine.view(question), wanted);
});

test("a time that is none is named, and dates are read as they travel", async () => {
	const engine = await openEngine(playbook);
	const at = start + 8 * day;
	assert.throws(() => engine.view({ person: "ada", events, at: Number.NaN }), /`at` is a time/);
	const dated = events.map((event) => ({ ...event, timestamp: new Date(event.timestamp) }));
	assert.deepEqual(
		engine.view({ person: "ada", events: dated, at }),
		engine.view({ person: "ada", events, at }),
	);
});

test("a playbook is taken as an object, as text and compiled, and refused with its first mistake", async () => {
	const text = JSON.stringify(playbook);
	const toolkit = await import("../dist/wasm/toolkit.js");
	const views = [];
	for (const given of [playbook, text, toolkit.compile(text)]) {
		const engine = await openEngine(given);
		views.push(engine.view({ person: "ada", events, at: start + 8 * day }));
	}
	assert.ok(views[0].stages.journey);
	assert.deepEqual(views[1], views[0]);
	assert.deepEqual(views[2], views[0]);
	await assert.rejects(openEngine({ signals: { tasks: { cuont: 1 } } }), /signals\.tasks/);
	await assert.rejects(openEngine(new Uint8Array([1, 2, 3])), /not a compiled playbook/);
});

test("a snapshot and what it has not is all; one that cannot be read is said to be so", async () => {
	const { Runtime } = await import("../dist/wasm/ripen.js");
	const toolkit = await import("../dist/wasm/toolkit.js");
	const engine = await openEngine(playbook);
	const page = new Runtime(toolkit.compile(JSON.stringify(playbook)));
	page.setPerson("ada");
	const known = events
		.slice(0, 6)
		.map(({ timestamp, ...event }) => ({ ...event, time: Date.parse(timestamp) }));
	page.fold(known, { slotTaken: false, anonymousId: "somebody" }, false);
	const snapshot = page.snapshot();
	const at = start + 20 * day;
	const whole = engine.view({ person: "ada", events, at });
	const missing = events.slice(6);
	assert.deepEqual(engine.view({ person: "ada", snapshot, events: missing, at }), whole);
	const text = Buffer.from(snapshot).toString("base64");
	assert.deepEqual(engine.view({ person: "ada", snapshot: text, events: missing, at }), whole);
	for (const bad of ["AAAA", "no base64", new Uint8Array(3)])
		assert.throws(() => engine.view({ person: "ada", snapshot: bad, at }), /snapshot cannot be read/);
	assert.deepEqual(engine.view({ person: "ada", events, at }), whole);
});
