// Where the module's file is not what the page gets for it: what is said, and that events are delivered all the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { errorsOf, healthOf, inChromium, ready } from "./browser.mjs";

const dist = fileURLToPath(new URL("../../js/dist", import.meta.url));
const at = inChromium({ dist });
const playbook = { signals: { steps: { count: "step" } } };

/** Opens a page that will not have its module; the warning of this code. */
async function warned(code, init = { playbook }) {
	at.collector.playbook = undefined;
	const page = await at.open(init);
	await page.evaluate(() => window.ripen.track("step"));
	await page.waitForFunction((code) => window.seen.warnings.some((each) => each.code === code), code);
	const { delivered, engine } = await page.evaluate(() => window.ripen.flush());
	assert.equal(delivered, 1);
	assert.deepEqual(await errorsOf(page), []);
	const warnings = await page.evaluate(() => window.seen.warnings);
	assert.deepEqual([...new Set(warnings.map(({ code }) => code))], [code]);
	return { engine, message: warnings[0].message };
}

test("C25 given a server that answers the wasm's address with its page, then the warning says what was found, and the remedy", async () => {
	const page = { contentType: "text/html; charset=utf-8", body: "<!doctype html><title>App</title>" };
	await at.context.route("**/ripen_bg.wasm", (route) => route.fulfill(page));
	const { engine, message } = await warned("wasm_unavailable");
	assert.equal(engine, "unavailable");
	assert.ok(
		message.includes(`${at.origin}/wasm/ripen_bg.wasm answers 200, text/html; charset=utf-8`),
		message,
	);
	assert.match(message, /init\(\{ wasm \}\)/);
	assert.doesNotMatch(message, /Content-Security-Policy/);
});

test("C25 given a server that has no such file, then the warning names its address and the status", async () => {
	await at.context.route("**/ripen_bg.wasm", (route) => route.fulfill({ status: 404, body: "no" }));
	const { message } = await warned("wasm_unavailable");
	assert.match(message, /\/wasm\/ripen_bg\.wasm answers 404/);
});

test("C25 given a script that Vite has moved, then the warning names what Vite wants", async () => {
	const html = { contentType: "text/html", body: "<!doctype html>" };
	await at.context.route("**/ripen_bg.wasm", (route) => route.fulfill(html));
	const wasm = `${at.origin}/node_modules/.vite/deps/wasm/ripen_bg.wasm`;
	const { message } = await warned("wasm_unavailable", { wasm });
	assert.match(message, /optimizeDeps: \{ exclude: \["ripen"\] \}/);
});

test("C25 C26 given a policy that forbids to ask for the file, then the warning names the directive", async () => {
	at.collector.csp = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
	const { message } = await warned("wasm_unavailable", { wasm: "https://cdn.example.com/ripen_bg.wasm" });
	assert.match(message, /connect-src/);
	assert.doesNotMatch(message, /wasm-unsafe-eval/);
});

test("C25 given a page where the module that compiles playbooks should be, then the warning says what was found", async () => {
	const html = { contentType: "text/html", body: "<!doctype html>" };
	await at.context.route("**/toolkit_bg.wasm", (route) => route.fulfill(html));
	const { engine, message } = await warned("playbook_failed");
	assert.equal(engine, "loading", "without a playbook");
	assert.ok(message.includes(`${at.origin}/wasm/toolkit_bg.wasm answers 200, text/html`), message);
});

test("C25 given a server that does not know the type of the file, then it runs all the same", async () => {
	const body = readFileSync(`${dist}/wasm/ripen_bg.wasm`);
	at.collector.playbook = undefined;
	await at.context.route("**/ripen_bg.wasm", (route) => route.fulfill({ contentType: "text/plain", body }));
	const page = await at.open({ playbook });
	await ready(page);
	assert.equal((await healthOf(page)).engine, "ready");
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
});
