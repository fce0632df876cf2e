// `ripen/openfeature` under OpenFeature's own SDK, by a client that is told what to say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { OpenFeature, ProviderEvents } from "@openfeature/web-sdk";
import { RipenProvider } from "../dist/openfeature.js";
import { fakeClient, view } from "./fake-client.mjs";

const playbook = {
	signals: { tasks: {}, plan: {} },
	ladders: { journey: {}, readiness: {} },
	segments: { busy: {}, idle: {} },
	moments: { ripe: {} },
	scores: { fit: {} },
	nudges: { hint: {} },
};
const known = view({
	signals: { tasks: 3, plan: "free" },
	segments: ["busy"],
	moments: ["ripe"],
	scores: { fit: 40 },
	bands: { fit: "good" },
	momentum: "current",
});
afterEach(() => OpenFeature.clearProviders());

/** OpenFeature's client over a provider of `client`; `changes` gets the flags that were told to have changed. */
async function flagsOf(client, options) {
	const provider = new RipenProvider(client, options);
	await OpenFeature.setProviderAndWait(provider);
	const changes = [];
	OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged }) =>
		changes.push(flagsChanged),
	);
	return { flags: OpenFeature.getClient(), changes, provider };
}
const short = ({ value, reason, errorCode, variant }) =>
	[value, reason, errorCode, variant].filter((each) => each !== undefined);

test("the built file imports OpenFeature and nothing else", () => {
	const built = readFileSync(new URL("../dist/openfeature.js", import.meta.url), "utf8");
	const imported = [...built.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name);
	assert.deepEqual(imported, ["@openfeature/web-sdk"]);
});

test("stages, segments, moments, signals, scores and bands are flags, by what is seen of the person", async () => {
	const { flags } = await flagsOf(fakeClient(known), { playbook });
	for (const [kind, key, otherwise, wanted] of [
		["String", "stages.journey", "", ["new", "TARGETING_MATCH", "new"]],
		["Boolean", "segments.busy", false, [true, "TARGETING_MATCH"]],
		["Boolean", "segments.idle", true, [false, "TARGETING_MATCH"]],
		["Boolean", "moments.ripe", false, [true, "TARGETING_MATCH"]],
		["Number", "signals.tasks", 0, [3, "TARGETING_MATCH"]],
		["String", "signals.plan", "", ["free", "TARGETING_MATCH", "free"]],
		["Number", "scores.fit", 0, [40, "TARGETING_MATCH"]],
		["String", "bands.fit", "", ["good", "TARGETING_MATCH", "good"]],
		["String", "momentum", "", ["current", "TARGETING_MATCH", "current"]],
		["String", "stages.readiness", "none", ["none", "DEFAULT"]],
		["String", "stages.nowhere", "none", ["none", "ERROR", "FLAG_NOT_FOUND"]],
		["Boolean", "stages.journey", true, [true, "ERROR", "TYPE_MISMATCH"]],
		["Number", "signals.plan", 7, [7, "ERROR", "TYPE_MISMATCH"]],
		["Object", "signals.tasks", { a: 1 }, [{ a: 1 }, "ERROR", "TYPE_MISMATCH"]],
	])
		assert.deepEqual(short(flags[`get${kind}Details`](key, otherwise)), wanted, key);
});

test("without the playbook's document, what nothing is known of is not found, and what does not hold may be any name", async () => {
	const { flags } = await flagsOf(fakeClient(known));
	assert.deepEqual(short(flags.getStringDetails("stages.readiness", "x")), ["x", "ERROR", "FLAG_NOT_FOUND"]);
	assert.equal(flags.getBooleanValue("segments.anything", true), false);
});

test("the last known view is answered by at once, and is told to be so; the answer tells which flags it changed", async () => {
	const client = fakeClient({ ...known, state: "pending" });
	const { flags, changes } = await flagsOf(client, { playbook });
	assert.deepEqual(short(flags.getNumberDetails("signals.tasks", 0)), [3, "CACHED"]);
	client.see({ ...known, signals: { tasks: 4, plan: "free" }, segments: [], stages: { journey: "set_up" } });
	assert.deepEqual(
		changes.map((keys) => keys.sort()),
		[["segments.busy", "signals.tasks", "stages.journey"]],
	);
	assert.deepEqual(short(flags.getNumberDetails("signals.tasks", 0)), [4, "TARGETING_MATCH"]);
	client.see({
		...known,
		at: 9,
		signals: { tasks: 4, plan: "free" },
		segments: [],
		stages: { journey: "set_up" },
	});
	assert.equal(changes.length, 1, "nothing has changed");
});

test("until anything is known it is not ready; then it is, even of nobody; and never where no engine can be had", async () => {
	const client = fakeClient();
	const provider = new RipenProvider(client, { playbook });
	let ready = false;
	const waiting = OpenFeature.setProviderAndWait(provider).then(() => {
		ready = true;
	});
	await new Promise((resolve) => setTimeout(resolve));
	assert.equal(ready, false);
	assert.equal(provider.resolveStringEvaluation("stages.journey", "x").errorCode, "PROVIDER_NOT_READY");
	client.turn({ engine: "ready" });
	await waiting;
	assert.deepEqual(short(OpenFeature.getClient().getStringDetails("stages.journey", "x")), ["x", "DEFAULT"]);
	const dead = fakeClient();
	dead.turn({ engine: "unavailable" });
	await assert.rejects(OpenFeature.setProviderAndWait(new RipenProvider(dead)), /engine cannot run/);
	const declined = fakeClient();
	const asking = assert.rejects(
		OpenFeature.setProviderAndWait(new RipenProvider(declined)),
		/engine cannot run/,
	);
	declined.turn({ consent: "denied" });
	await asking;
});

test("nudges that are asked for are flags: whether their condition holds, and the variant that was decided about", async () => {
	let holds = false;
	const client = fakeClient(known);
	client.explain = async (id) => {
		client.calls.push(["explain", id]);
		if (id !== "nudges.hint") throw new Error("nothing of this name");
		return [
			{ kind: "nudge", id, holds: false, text: "", parts: [{ kind: "reason", id: "when", holds, text: "" }] },
		];
	};
	const { flags, changes } = await flagsOf(client, { nudges: ["hint", "gone"] });
	assert.equal(flags.getBooleanValue("nudges.hint", true), false);
	assert.equal(flags.getBooleanDetails("nudges.gone", true).errorCode, "FLAG_NOT_FOUND");
	holds = true;
	client.see({ ...known, signals: { tasks: 5, plan: "free" } });
	while (changes.length < 2) await new Promise((resolve) => setTimeout(resolve));
	assert.deepEqual(changes, [["signals.tasks"], ["nudges.hint"]]);
	assert.equal(flags.getBooleanValue("nudges.hint", false), true);
	client.emit("decision", { considered: [{ nudge: "hint", verdict: "won", variant: "short" }] });
	assert.deepEqual(short(flags.getStringDetails("nudges.hint", "")), ["short", "SPLIT", "short"]);
	assert.deepEqual(changes.at(-1), ["nudges.hint"]);
});

test("a targeting key is handed to `identify` only if that was asked for; what is replaced listens no more", async () => {
	await OpenFeature.setContext({ targetingKey: "ada", plan: "free" });
	const silent = fakeClient(known);
	await flagsOf(silent);
	const client = fakeClient(known);
	await flagsOf(client, { identify: true });
	assert.equal(silent.listening, 0, "it was replaced");
	await OpenFeature.setContext({ targetingKey: "ada", plan: "pro" });
	await OpenFeature.setContext({ targetingKey: "grace" });
	assert.deepEqual(silent.calls, []);
	assert.deepEqual(client.calls, [
		["identify", "ada"],
		["identify", "grace"],
	]);
});

const tracks = "track" in OpenFeature.getClient();
test("tracking is an event", { skip: !tracks && "this version of OpenFeature has no tracking" }, async () => {
	const client = fakeClient(known);
	const { flags } = await flagsOf(client);
	flags.track("checked_out", { value: 99 });
	assert.deepEqual(client.calls, [["track", "checked_out", { value: 99 }]]);
});
