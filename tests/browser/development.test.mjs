// What bundlers take in place of each entry while an application is developed, as it is packed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inChromiumForReal } from "./real.mjs";

const at = inChromiumForReal();
const playbook = { signals: { tasks: { count: "task_created" } } };

for (const [entry, given] of [
	["development", {}],
	["development-inline", { toolkit: "/wasm/toolkit_bg.wasm" }],
	["development-slim", { wasm: "/wasm/ripen_bg.wasm", toolkit: "/wasm/toolkit_bg.wasm" }],
])
	test(`${entry} warns of an option, an event, a trigger and a listener that are none, and is Ripen`, async () => {
		const page = await at.context.newPage();
		const told = [];
		page.on("console", (message) => told.push(message.text()));
		await page.goto(`${at.origin}/hand-clock.mjs`);
		const options = { writeKey: "wk", host: at.origin, published: false, playbook, playbok: 1, ...given };
		const stage = await page.evaluate(
			async ([entry, options]) => {
				const ripen = await import(`/${entry}.js`);
				window.told = [];
				ripen.on("chnage", () => {});
				const changed = new Promise((resolve) => ripen.on("change", resolve));
				ripen.init({ ...options, onWarning: (warning) => window.told.push(warning) });
				ripen.track("task_created");
				ripen.track("task_craeted");
				ripen.trigger("help");
				const { signals } = await changed;
				return signals.tasks;
			},
			[entry, options],
		);
		assert.equal(stage, 1);
		await page.waitForFunction(() => window.told.length === 3);
		const warnings = await page.evaluate(() => window.told.map(({ code, message }) => `${code} ${message}`));
		assert.match(
			warnings.find((text) => text.startsWith("unknown_option")),
			/mean `playbook`\?/,
		);
		assert.match(
			warnings.find((text) => text.startsWith("unknown_event")),
			/mean `task_created`\?/,
		);
		assert.ok(warnings.some((text) => text.startsWith("unknown_trigger")));
		assert.deepEqual(
			told.filter((text) => text.startsWith("ripen:")),
			["ripen: Nothing is ever told as `chnage`; did you mean `change`? [unknown_listener]"],
		);
	});
