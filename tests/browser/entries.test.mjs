// The other ways by which a page has the package's WebAssembly: inside a script, as bytes, as a module, as an answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumForReal, start } from "./real.mjs";

const at = inChromiumForReal();
const playbook = {
	signals: { tasks: { count: "task_created" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 2 } } }] },
	},
};
/** No `connect-src` for anything but the collector, which is the page's origin here; nothing else is allowed. */
const strict =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";

/** Pages import `entry` instead of `ripen`, and `init` is given `more`, an expression. */
const enterBy = (entry, more = "{}") =>
	at.context.route("**/index.js", (route) =>
		route.fulfill({
			contentType: "text/javascript",
			body: `import { init as start } from "/${entry}.js";
export * from "/${entry}.js";
const toolkit = "/wasm/toolkit_bg.wasm";
export const init = (options) => start({ toolkit, ...options, ...(${more}) });`,
		}),
	);
/** What was asked for, by its file's name. */
const asked = () => {
	const names = [];
	at.context.on("request", (request) => names.push(new URL(request.url()).pathname.split("/").at(-1)));
	return names;
};
async function isEvaluated(page) {
	await page.evaluate(() => {
		window.ripen.track("task_created");
		window.ripen.track("task_created");
	});
	await page.waitForFunction(() => window.ripen.view()?.stages.journey === "set_up");
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", () => at.kept().filter(({ event }) => event === "task_created").length === 2);
	assert.deepEqual(await errorsOf(page), []);
	assert.deepEqual(await page.evaluate(() => window.seen.warnings), []);
}

test("C25 C26 given `ripen/inline`, then no file of the page's WebAssembly is asked for, under a strict policy too", async () => {
	at.collector.csp = strict;
	await enterBy("inline");
	const names = asked();
	const page = await at.enter(playbook);
	await isEvaluated(page);
	assert.ok(names.includes("inlined.js"));
	assert.ok(!names.includes("ripen_bg.wasm"));
});

for (const [what, wasm] of [
	["an address", '"/wasm/ripen_bg.wasm"'],
	["what fetch answers", 'fetch("/wasm/ripen_bg.wasm")'],
	["bytes, once they are needed", 'async () => (await fetch("/wasm/ripen_bg.wasm")).arrayBuffer()'],
	[
		"a view of bytes",
		'fetch("/wasm/ripen_bg.wasm").then(async (r) => new Uint8Array(await r.arrayBuffer()))',
	],
	["a module", 'WebAssembly.compileStreaming(fetch("/wasm/ripen_bg.wasm"))'],
])
	test(`C25 given \`ripen/slim\` and ${what}, then the page is evaluated by it`, async () => {
		await enterBy("slim", `{ wasm: ${wasm} }`);
		await isEvaluated(await at.enter(playbook));
	});

test("C26 given `ripen/slim` and nothing, or what fails, then events are delivered, and a warning says what is missing", async () => {
	for (const [wasm, said] of [
		["undefined", "given no `wasm`"],
		['() => Promise.reject(new Error("the host\'s"))', "the host's"],
		['() => { throw new Error("at once") }', "at once"],
		['"/nowhere/ripen_bg.wasm"', "ripen_bg.wasm"],
	]) {
		await at.context.unrouteAll();
		await enterBy("slim", `{ wasm: ${wasm} }`);
		const page = await at.open({ clock: start });
		await page.evaluate((name) => window.ripen.track(name), said);
		await page.evaluate(() => window.ripen.flush());
		await until("delivered", () => at.kept().some(({ event }) => event === said));
		await page.waitForFunction(
			(said) =>
				window.seen.warnings.some(
					({ code, message }) => code === "wasm_unavailable" && message.includes(said),
				),
			said,
		);
		assert.equal(await page.evaluate(() => window.ripen.health().engine), "unavailable");
		assert.deepEqual(await errorsOf(page), []);
		await page.close();
	}
});

test("given `ripen/inline`, a playbook's document and no toolkit, then a warning says what is missing, and events are delivered", async () => {
	at.collector.playbook = undefined;
	await enterBy("inline", "{ toolkit: undefined }");
	const page = await at.open({ clock: start, playbook });
	await page.waitForFunction(() =>
		window.seen.warnings.some(
			({ code, message }) => code === "playbook_failed" && message.includes("no `toolkit`"),
		),
	);
	await page.evaluate(() => window.ripen.track("looked"));
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", () => at.kept().some(({ event }) => event === "looked"));
	assert.deepEqual(await errorsOf(page), []);
});
