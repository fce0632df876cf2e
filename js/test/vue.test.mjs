// `ripen/vue` where there is no page: as it is built, on a server. What it does in a page is tried in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { RipenSlot, ripen, useNudge, useRipen, useStage, useView } from "../dist/vue.js";
import { fakeClient, view } from "./fake-client.mjs";

const built = readFileSync(new URL("../dist/vue.js", import.meta.url), "utf8");

/** What a server renders of `part`. */
async function rendered(part, client, ...more) {
	const complaints = [];
	const app = createSSRApp({ setup: part });
	app.config.warnHandler = (message) => complaints.push(message);
	if (client) app.use(ripen(client, ...more));
	return { html: await renderToString(app), complaints };
}

test("the built file imports Vue and nothing else", () => {
	const imported = [...built.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name);
	assert.deepEqual([...new Set(imported)], ["vue"]);
});

test("C21 a server renders what it knows, and listens to nothing", async () => {
	const client = fakeClient();
	const part = () => {
		const [stage, nudge, { track }] = [useStage("journey"), useNudge(), useRipen()];
		const busy = useView(({ segments }) => ({ is: segments.includes("busy") }));
		return () => h("p", [stage.value ?? "unknown", busy.value?.is, nudge.value, typeof track].join(" "));
	};
	const known = view({ segments: ["busy"], stages: { journey: "set_up" } });
	assert.deepEqual(await rendered(part, client, { writeKey: "wk" }, { initialView: known }), {
		html: "<p>set_up true  function</p>",
		complaints: [],
	});
	assert.equal((await rendered(part, client)).html, "<p>unknown   function</p>");
	assert.equal(client.listening, 0);
	assert.deepEqual(client.calls, [["init", { writeKey: "wk" }]], "which does nothing on a server");
});

test("a composable without the plugin says what is missing", async () => {
	await assert.rejects(
		rendered(() => useStage("journey")),
		/useView needs app\.use\(ripen\(client\)\)/,
	);
	assert.throws(() => useRipen(), /in a setup/);
});

test("a slot is an element whose place is kept", async () => {
	const { html, complaints } = await rendered(
		() => () => h(RipenSlot, { name: "side", minHeight: 96, class: "wide" }),
		fakeClient(),
	);
	assert.equal(
		html,
		'<ripen-slot name="side" style="display:block;min-height:96px;" class="wide"></ripen-slot>',
	);
	assert.deepEqual(complaints, []);
});
