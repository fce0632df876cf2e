// The snippet of `ripen snippet`, in a page without a bundler, under a strict policy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "./browser.mjs";
import { inChromiumForReal } from "./real.mjs";

const at = inChromiumForReal();
const dist = fileURLToPath(new URL("../../js/dist/", import.meta.url));
const policy =
	"default-src 'none'; script-src 'self' 'nonce-n0nce' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";

/** A page with the snippet, `early` in a script right after it; what is asked for goes by `change`, which may answer itself. */
async function open(early, { change = (route) => route.fallback() } = {}) {
	at.collector.playbook = undefined;
	const args = ["snippet", "--src", "/", "--write-key", "wk", "--nonce", "n0nce"];
	const html = execFileSync(process.execPath, [`${dist}cli.js`, ...args], { encoding: "utf8" });
	await at.context.route("**/snippet.html", (route) =>
		route.fulfill({
			contentType: "text/html",
			headers: { "content-security-policy": policy },
			body: `<!doctype html><html lang="en"><title>Snippet</title><head>
<script nonce="n0nce">var errors = []; onerror = (message) => { errors.push(message) };
addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
addEventListener("error", ({ target }) => { if (target.src) window.refused = target.src }, true);
addEventListener("securitypolicyviolation", ({ violatedDirective }) => errors.push(violatedDirective));</script>
${html}<script nonce="n0nce">${early}</script><body>Text`,
		}),
	);
	await at.context.route("**/*.{js,wasm}", change);
	const page = await at.context.newPage();
	await page.goto(`${at.origin}/snippet.html`, { waitUntil: "domcontentloaded" });
	return page;
}
const isThere = (page) => page.waitForFunction(() => window.ripen.calls === undefined);
const errors = (page) => page.evaluate(() => window.errors);

test("C23 C26 C27 what is called before the script is there happens then, in order, as it was, at its time", async () => {
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	const page = await open(
		`const plan = { steps: [1] };
ripen.on("event", ({ event, type }) => (window.told ??= []).push(event ?? type));
const off = ripen.on("event", () => (window.ended = false)); off();
ripen.identify("ada", { plan }); ripen.track("looked", plan); plan.steps.push(2);
ripen.track("bad", { f() {} });
window.flushed = ripen.flush(); window.kept = ripen;`,
		{
			change: async (route) => {
				if (/global/.test(route.request().url())) await held;
				await route.fallback();
			},
		},
	);
	// The page itself waits for nothing.
	assert.equal(await page.evaluate(() => document.body.textContent.trim()), "Text");
	assert.equal(await page.evaluate(() => window.ripen.view()), undefined);
	assert.equal(await page.evaluate(() => window.ripen.health().engine), "loading");
	const before = await page.evaluate(() => Date.now());
	release();
	await isThere(page);
	await page.evaluate(() => window.flushed);
	await until("delivered", () => at.kept().length === 2);
	const [identified, looked] = at.kept();
	assert.deepEqual(
		[identified.type, identified.userId, identified.traits],
		["identify", "ada", { plan: { steps: [1] } }],
	);
	assert.deepEqual([looked.event, looked.properties], ["looked", { steps: [1] }]);
	assert.ok(Date.parse(looked.timestamp) <= before, "when it was called, not when the script came");
	assert.deepEqual(await page.evaluate(() => window.told), ["identify", "looked"]);
	assert.equal(await page.evaluate(() => window.ended), undefined);
	assert.deepEqual(await page.evaluate(() => window.kept.health().dropped), { bad_properties: 1 });
	assert.deepEqual(await errors(page), []);
});

test("C14 C23 more than may wait is counted where what waits for `init` is, and warned of once", async () => {
	const page = await open(
		`window.warned = []; console.warn = (text) => warned.push(text);
for (let i = 0; i < 1003; i++) ripen.track("many", { i }); ripen.page(); window.flushed = ripen.flush();`,
	);
	await isThere(page);
	await page.evaluate(() => window.flushed);
	await until("delivered", () => at.kept().length === 1_000);
	assert.deepEqual(await page.evaluate(() => window.ripen.health().dropped), { init_queue_full: 4 });
	const warned = await page.evaluate(() => window.warned);
	assert.equal(warned.length, 1, warned.join("\n"));
	assert.match(warned[0], /too many were made before `init`.* 4 .*\[init_queue_full\]$/);
	assert.deepEqual(
		at.kept().map(({ properties }) => properties.i),
		Array.from({ length: 1_000 }, (_, i) => i),
	);
});

test("C14 C23 what found no place is counted also where some of what waited is refused", async () => {
	const page = await open(
		"for (let i = 0; i < 1003; i++) ripen.track('many', i < 5 ? () => i : { i }); window.flushed = ripen.flush();",
	);
	await isThere(page);
	await page.evaluate(() => window.flushed);
	await until("delivered", () => at.kept().length === 995);
	assert.deepEqual(await page.evaluate(() => window.ripen.health().dropped), {
		bad_properties: 5,
		init_queue_full: 3,
	});
});

for (const [what, path] of [
	["the script", "/global.js"],
	["what it imports", "/slim.js"],
])
	test(`given another file in place of ${what}, then it does not run, and the page goes on`, async () => {
		const page = await open("window.tracked = ripen.track('looked');", {
			change: (route) =>
				new URL(route.request().url()).pathname === path
					? route.fulfill({ contentType: "text/javascript", body: "window.owned = true" })
					: route.fallback(),
		});
		await page.waitForFunction(() => window.refused);
		assert.equal(await page.evaluate(() => window.owned), undefined);
		assert.equal(await page.evaluate(() => window.ripen.calls.length), 2, "init, and what was tracked");
	});

test("given another module in place of the WebAssembly, then nothing is evaluated by it, and events are delivered", async () => {
	const other = Buffer.concat([readFileSync(`${dist}wasm/ripen_bg.wasm`), Buffer.of(0, 1, 0)]);
	const page = await open("ripen.track('looked')", {
		change: (route) =>
			/_bg\.wasm$/.test(route.request().url())
				? route.fulfill({ contentType: "application/wasm", body: other })
				: route.fallback(),
	});
	await page.waitForFunction(() => window.ripen.health().engine === "unavailable");
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", () => at.kept().some(({ event }) => event === "looked"));
});

test("C08 C29 where the script never comes nobody waits for it for ever", async () => {
	await at.context.clock.install();
	const page = await open(`window.told = Promise.all([ripen.flush(), ripen.forget(), ripen.explain()]);`, {
		change: (route) => (/global/.test(route.request().url()) ? route.abort() : route.fallback()),
	});
	await page.waitForFunction(() => window.refused);
	await page.clock.fastForward(15_000);
	const [health, heard, explained] = await page.evaluate(() => window.told);
	assert.deepEqual([health.engine, health.waiting, heard, explained], ["loading", 4, false, []]);
});
