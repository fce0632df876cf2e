import assert from "node:assert/strict";
import test from "node:test";
import { folder, ripen } from "./ripen.mjs";

const files = folder();

const nudge = (content, more) => ({
	purpose: "help",
	on: "load",
	placement: { kind: "banner" },
	content,
	actions: [{ id: "go", open: "/" }],
	...more,
});
const whole = { title: "T", body: "B", actions: { go: "G" } };
const playbook = files.put("playbook.json", {
	policy: { languages: ["en", "de"] },
	nudges: {
		first: nudge({ en: whole, de: { title: "T" }, "de-AT": { body: "B" } }),
		second: nudge(
			{ en: whole },
			{
				variants: [
					{ id: "short", content: { en: { title: "T", actions: { go: "G" } } } },
					{ id: "none", show: false },
				],
				on: { event: "x" },
			},
		),
	},
});

test("the table says what is complete, and what is missing where", async () => {
	const { code, out, err } = await ripen(["words", playbook]);
	assert.equal(code, 0, err);
	assert.equal(
		out,
		[
			"              en        de         de-AT",
			"first         complete  3 missing  2 missing",
			"second        complete  none       none",
			"second/short  complete  none       none",
			"",
			"first lacks in de: body, actions.go, close",
			"first lacks in de-AT: actions.go, close",
			"",
		].join("\n"),
	);
	assert.match(err, /warning: `de` lacks what another language has: `body`, `actions.go`, `close`/);
});

test("--json has all of it", async () => {
	const { code, out, err } = await ripen(["words", playbook, "--json"]);
	assert.equal(code, 0, err);
	const { languages, nudges } = JSON.parse(out);
	assert.deepEqual(languages, ["en", "de", "de-AT"]);
	assert.deepEqual(nudges[0], {
		nudge: "first",
		texts: ["title", "body", "actions.go", "close"],
		missing: { en: [], de: ["body", "actions.go", "close"], "de-AT": ["actions.go", "close"] },
	});
	assert.deepEqual(nudges[2], {
		nudge: "second",
		variant: "short",
		texts: ["title", "actions.go", "close"],
		missing: {
			en: [],
			de: ["title", "actions.go", "close"],
			"de-AT": ["title", "actions.go", "close"],
		},
	});
});

test("a playbook with errors has no table, and one without nudges no words", async () => {
	const { code, out, err } = await ripen(["words", "-"], { input: '{"nudges": {"n": {}}}' });
	assert.deepEqual({ code, out }, { code: 1, out: "" });
	assert.match(err, /a nudge needs `purpose`/);
	assert.deepEqual(await ripen(["words", "-"], { input: "{}" }).then(({ code, out }) => ({ code, out })), {
		code: 0,
		out: "no nudges, so no words\n",
	});
	assert.equal((await ripen(["words"])).code, 2);
});
