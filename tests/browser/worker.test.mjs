// A worker is no page: nothing of Ripen runs there, it says so once, and what the worker tells the page is tracked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, inChromium, until } from "./browser.mjs";

const at = inChromium();

test("C21 given a dedicated worker, then every call does nothing and one warning says so; what it tells its page is tracked there", async () => {
	const page = await at.open();
	const warned = [];
	page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
	const told = await page.evaluate(async () => {
		const script = `
			import * as ripen from "${location.origin}/index.js";
			ripen.init({ writeKey: "wk" });
			ripen.track("lost");
			ripen.identify("ada");
			ripen.on("change", () => {});
			const { engine, taken } = await ripen.flush();
			postMessage({ engine, taken, view: typeof ripen.view(), forgotten: await ripen.forget() });
			postMessage({ track: ["from_worker", { n: 1 }] });`;
		const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), {
			type: "module",
		});
		return new Promise((resolve, reject) => {
			let first;
			worker.onerror = ({ message }) => reject(new Error(message));
			worker.addEventListener("message", ({ data }) => {
				if (!data.track) {
					first = data;
					return;
				}
				window.ripen.track(...data.track);
				resolve(first);
			});
		});
	});
	assert.deepEqual(told, { engine: "unavailable", taken: 0, view: "undefined", forgotten: false });
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", () => at.collector.events.length > 0);
	assert.deepEqual(
		at.collector.kept().map(({ event }) => event),
		["from_worker"],
	);
	await until("warned", () => warned.length > 0);
	assert.equal(warned.length, 1, warned.join("\n"));
	assert.match(warned[0], /in a worker there is no page.*\[bad_page\]/);
	assert.deepEqual(await errorsOf(page), []);
});
