// What Ripen costs a page before it is seen: nothing. The files are those that are shipped.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium({ dist: fileURLToPath(new URL("../../js/dist", import.meta.url)) });
const playbook = { signals: { steps: { count: "step" } } };

/** A page as hosts have it: a script of the package's in the head, and something to see. */
const html = `<!doctype html><html lang="en"><head><title>Site</title><link rel="icon" href="data:,">
<script type="module" src="/page.mjs"></script></head><body><h1>Something to see</h1></body></html>`;

const painted = () =>
	new Promise((resolve) => {
		new PerformanceObserver((list) => {
			if (list.getEntriesByName("first-contentful-paint").length) resolve(true);
		}).observe({ type: "paint", buffered: true });
	});

test("C27 given a server that never answers for a file of Ripen's, then the page is painted all the same", async () => {
	at.collector.held = /\.(m?js|wasm)$|^\/v1\//;
	await at.context.route("**/host", (route) => route.fulfill({ contentType: "text/html", body: html }));
	const page = await at.context.newPage();
	// Modules that do not come hold up the end of the document's load, and no more than that.
	await page.goto(`${at.origin}/host`, { waitUntil: "commit" });
	assert.equal(await page.evaluate(painted), true);
	await page.getByRole("heading", { name: "Something to see" }).waitFor();
	assert.equal(await page.evaluate(() => "ripen" in window), false);
});

test("C27 nothing that is loaded blocks rendering, and wasm is compiled off the main thread, while it comes", async () => {
	at.collector.playbook = undefined;
	await at.context.addInitScript(() => {
		window.compiled = [];
		const { Module, instantiateStreaming, instantiate } = WebAssembly;
		WebAssembly.Module = new Proxy(Module, {
			construct(target, [bytes]) {
				window.compiled.push(["at once", bytes.byteLength]);
				return new target(bytes);
			},
		});
		WebAssembly.instantiateStreaming = (...given) => {
			window.compiled.push(["streaming"]);
			return instantiateStreaming(...given);
		};
		WebAssembly.instantiate = (...given) => {
			window.compiled.push(["from bytes"]);
			return instantiate(...given);
		};
	});
	const init = encodeURIComponent(JSON.stringify({ playbook: "/step.json" }));
	await at.context.route("**/step.json", (route) => route.fulfill({ json: playbook }));
	await at.context.route("**/host*", (route) => route.fulfill({ contentType: "text/html", body: html }));
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/host?init=${init}`);
	await ready(page);
	await page.evaluate(() => window.ripen.track("step"));
	await page.waitForFunction(() => window.ripen.view()?.signals.steps === 1);
	const loaded = await page.evaluate(() =>
		performance
			.getEntriesByType("resource")
			.map(({ name, renderBlockingStatus }) => [new URL(name).pathname, renderBlockingStatus]),
	);
	for (const file of [/index\.js$/, /keeper-\w+\.js$/, /ripen_bg\.wasm$/, /toolkit_bg\.wasm$/])
		assert.ok(
			loaded.some(([path]) => file.test(path)),
			`${file} of ${loaded}`,
		);
	assert.deepEqual(
		loaded.filter(([, status]) => status !== "non-blocking"),
		[],
	);
	const compiled = await page.evaluate(() => window.compiled);
	// The empty module says whether wasm may run at all.
	assert.deepEqual(
		compiled.filter(([how]) => how === "at once").filter(([, bytes]) => bytes > 8),
		[],
	);
	assert.deepEqual(
		compiled.filter(([how]) => how !== "at once"),
		[["streaming"], ["streaming"]],
	);
	assert.deepEqual(await errorsOf(page), []);
});

/** What does not come, and what is asked for all the same. */
const atOnce = [
	["wasm", /_bg\.wasm$/, ["/wasm/ripen.js", "/step.json"]],
	["the engine's chunk", /\/engine-.*\.js$/, ["/wasm/ripen.js", "/wasm/ripen_bg.wasm"]],
];
for (const [what, held, paths] of atOnce)
	test(`given that ${what} does not come, then what else the engine needs has been asked for`, async () => {
		at.collector.playbook = undefined;
		at.collector.held = held;
		await at.context.route("**/step.json", (route) => route.fulfill({ json: playbook }));
		const asked = [];
		at.context.on("request", (request) => asked.push(new URL(request.url()).pathname));
		await at.open({ playbook: "/step.json" });
		for (const path of paths) await until(`asked for ${path}`, () => asked.includes(path));
	});
