// `ripen/svelte`: stores are functions of their subscribers, so that a fake page is enough.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { get } from "svelte/store";
import { stores } from "../dist/svelte.js";
import { fakeClient, view } from "./fake-client.mjs";

const onPage = () => {
	globalThis.document = {};
};
afterEach(() => {
	delete globalThis.document;
});
/** What a subscriber is told. */
const told = (store) => {
	const values = [];
	const end = store.subscribe((value) => values.push(value));
	return { values, end };
};

test("the built file imports nothing", () => {
	const built = readFileSync(new URL("../dist/svelte.js", import.meta.url), "utf8");
	assert.doesNotMatch(built, /\bimport\b/);
});

test("C21 on a server a store says what it begins with, once, and listens to nothing", () => {
	const client = fakeClient();
	const known = view({ stages: { journey: "set_up" } });
	const served = stores(client, { writeKey: "wk" }, { initialView: known });
	assert.deepEqual(told(served.view).values, [{ ...known, state: "pending" }]);
	assert.deepEqual(told(served.stage("journey")).values, ["set_up"]);
	assert.deepEqual(told(served.nudge).values, [undefined]);
	assert.deepEqual(told(stores(client).view).values, [undefined]);
	assert.equal(client.listening, 0);
});

test("a subscriber is told at once, and then only what says something else; and nothing after it has ended", () => {
	onPage();
	const client = fakeClient(view());
	const { select, stage, view: whole } = stores(client);
	const stages = told(stage("journey"));
	const counts = told(select(({ signals }) => ({ tasks: signals.tasks })));
	assert.equal(get(stage("journey")), "new", "as Svelte reads a store");
	client.see(view({ signals: { tasks: 1 } }));
	client.see(view({ signals: { tasks: 1 }, segments: ["busy"] }));
	client.see(view({ signals: { tasks: 1 }, stages: { journey: "set_up" } }));
	assert.deepEqual(stages.values, ["new", "set_up"]);
	assert.deepEqual(counts.values, [{ tasks: undefined }, { tasks: 1 }]);
	assert.equal(get(whole).stages.journey, "set_up");
	stages.end();
	counts.end();
	client.see(view());
	assert.deepEqual([stages.values.length, counts.values.length, client.listening], [2, 2, 0]);
});

test("C24 hydrated, the first turn says what the server said, and then there is one answer", async () => {
	onPage();
	const known = view({ state: "pending", stages: { journey: "champion" } });
	const bare = stores(fakeClient(view({ state: "pending" })), undefined, { hydrate: true });
	const first = told(bare.stage("journey"));
	assert.deepEqual(first.values, [undefined]);
	await Promise.resolve();
	await Promise.resolve();
	assert.deepEqual(first.values, [undefined, "new"]);
	assert.deepEqual(told(bare.stage("journey")).values, ["new"], "what is mounted later knows at once");
	const client = fakeClient(view({ state: "pending" }));
	const served = told(stores(client, undefined, { hydrate: true, initialView: known }).stage("journey"));
	await Promise.resolve();
	await Promise.resolve();
	client.see(view({ stages: { journey: "set_up" } }));
	assert.deepEqual(served.values, ["champion", "set_up"]);
});

test("a nudge of the host's is due until it is answered", () => {
	onPage();
	const client = fakeClient();
	const { values } = told(stores(client).nudge);
	client.due("banner", "banner");
	client.due("hint");
	values.at(-1).report("dismissed");
	assert.deepEqual(
		values.map((nudge) => nudge?.id),
		[undefined, "hint", undefined],
	);
});
