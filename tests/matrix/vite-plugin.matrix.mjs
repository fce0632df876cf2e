// `ripen/vite` in a small application: built and served, and while somebody writes a playbook with a mistake in it.
import assert from "node:assert/strict";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build, createBuilder, createLogger, createServer, preview } from "vite";
import ripen from "../../js/dist/vite.js";
import { chromium as browser } from "../../xtask/browsers.mjs";

const seconds = 90;
const packed = fileURLToPath(new URL("../../js/", import.meta.url));
let driven;
before(async () => {
	driven = await chromium.launch({ executablePath: browser(), args: ["--no-sandbox"] });
});
after(() => driven?.close());

const playbook = (condition = "signals.tasks") =>
	JSON.stringify(
		{
			signals: { tasks: { count: "task_created" } },
			segments: { busy: { when: { [condition]: { $gte: 2 } } } },
		},
		null,
		"\t",
	);
const main = `import * as ripen from "ripen";
import playbook from "./playbook.json?ripen";
window.ripen = ripen;
window.playbook = typeof playbook === "string" ? playbook : "bytes";
ripen.init({ writeKey: "wk", playbook, published: false, mode: "off" });
ripen.track("task_created");
ripen.track("task_created");
`;

/** A folder with the application, and the package as it is installed. */
function application(t) {
	const folder = mkdtempSync(join(tmpdir(), "ripen-vite-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const root = join(folder, "app");
	const installed = join(root, "node_modules/ripen");
	mkdirSync(installed, { recursive: true });
	cpSync(join(packed, "dist"), join(installed, "dist"), { recursive: true });
	cpSync(join(packed, "package.json"), join(installed, "package.json"));
	const put = (name, text) => writeFileSync(join(root, name), text);
	put("package.json", '{"type": "module"}');
	put(
		"index.html",
		'<!doctype html><title>An application</title><script type="module" src="/main.js"></script>',
	);
	put("main.js", main);
	put("playbook.json", playbook());
	const config = { root, configFile: false, logLevel: "silent", plugins: [ripen()] };
	const read = (name) => readFileSync(join(root, name), "utf8");
	return { root, put, read, config };
}
/** As `vite` does in a process of its own: what another test has built here would make it production. */
async function serve(t, config) {
	process.env.NODE_ENV = "development";
	const server = await createServer({ ...config, server: { port: 0, host: "127.0.0.1" } });
	t.after(() => server.close());
	await server.listen();
	return server;
}
const evaluated = (page) =>
	page.waitForFunction(() => window.ripen?.view()?.segments.includes("busy"), null, {
		timeout: seconds * 1000,
	});
async function until(what, holds) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	assert.fail(`not within ${seconds} seconds: ${what}`);
}

test("C25 it is built: the playbook is a file of its own, the types are written, and the application works", async (t) => {
	const { root, read, config } = application(t);
	process.env.NODE_ENV = "production";
	await build(config);
	assert.match(read("ripen.d.ts"), /task_created: \{\};/);
	const assets = readdirSync(join(root, "dist/assets"));
	for (const wanted of [/^playbook.*\.ripen$/, /^ripen_bg.*\.wasm$/])
		assert.ok(
			assets.some((name) => wanted.test(name)),
			`${wanted} in ${assets}`,
		);
	const scripts = assets.filter((name) => name.endsWith(".js")).map((name) => read(`dist/assets/${name}`));
	assert.ok(
		!scripts.some((text) => text.includes("unknown_event")),
		"what only development needs is not shipped",
	);
	const server = await preview({ ...config, preview: { port: 0, host: "127.0.0.1" } });
	t.after(() => server.close());
	const page = await driven.newPage();
	t.after(() => page.close());
	await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
	await evaluated(page);
	assert.match(await page.evaluate(() => window.playbook), /\/assets\/playbook.*\.ripen$/);
});

test("C21 a build for pages and for a server at once: a file for the pages, its bytes for the server", async (t) => {
	const { root, put, config } = application(t);
	put("server.js", 'export { default } from "./playbook.json?ripen";');
	process.env.NODE_ENV = "production";
	const environment = (outDir, input) => ({ build: { outDir, rollupOptions: { input: join(root, input) } } });
	const builder = await createBuilder({
		...config,
		environments: {
			client: environment("dist/client", "index.html"),
			ssr: environment("dist/server", "server.js"),
		},
		builder: {},
	});
	await builder.buildApp();
	assert.ok(readdirSync(join(root, "dist/client/assets")).some((name) => /^playbook.*\.ripen$/.test(name)));
	const { default: bytes } = await import(pathToFileURL(join(root, "dist/server/server.js")).href);
	assert.ok(bytes instanceof Uint8Array, `${bytes}`);
	assert.ok(!readdirSync(join(root, "dist/server"), { recursive: true }).some((name) => /ripen/.test(name)));
});

test("a playbook that is made after the start, or in another's place, is read like any other", async (t) => {
	for (const playbookFile of [undefined, "../elsewhere/playbook.json"]) {
		const { root, put, read, config } = application(t);
		rmSync(join(root, "playbook.json"));
		mkdirSync(join(root, "../elsewhere"));
		const errors = [];
		const server = await serve(t, {
			...config,
			plugins: [ripen({ playbook: playbookFile, events: "events.json" })],
			customLogger: { ...createLogger("silent"), error: (text) => errors.push(text) },
		});
		await until("watching", () => server.watcher.getWatched()[root]?.includes("index.html"));
		/** Again and again: of what is written within 50 ms of another change, Vite's watcher says nothing. */
		const written = (what, name, text, holds) =>
			until(what, () => {
				put(name, text);
				return holds();
			});
		const own = playbookFile ?? "playbook.json";
		const has = (text) => existsSync(join(root, "ripen.d.ts")) && read("ripen.d.ts").includes(text);
		put("events.json", "{}");
		await written("the types", own, playbook(), () => has("task_created"));
		await written("the further event", "events.json", '{ "theme_changed": {} }', () => has("theme_changed"));
		rmSync(join(root, own));
		put(`${own}.new`, playbook("signals.taks"));
		renameSync(join(root, `${own}.new`), join(root, own));
		const mended = playbook().replaceAll("task_created", "todo_created");
		await written("the other's types", own, mended, () => has("todo_created"));
		errors.length = 0;
		await written("the mistake", own, playbook("signals.taks"), () =>
			errors.some((text) => /did you mean `tasks`/.test(text)),
		);
	}
});

test("a build ends where the playbook has a mistake: with its place, and the near name", async (t) => {
	const { root, put, config } = application(t);
	put("playbook.json", playbook("signals.taks"));
	await assert.rejects(build(config), (error) => {
		assert.match(error.message, /there is no signal `taks`/);
		assert.match(error.message, /did you mean `tasks`/);
		assert.match(error.message, /playbook\.json:\d+:\d+|signals\.taks/);
		return true;
	});
	assert.equal(existsSync(join(root, "ripen.d.ts")), false);
});

test("in dev a mistake is Vite's overlay, with the place and the near name; the server stays up, and mended it is gone", async (t) => {
	const { put, read, config } = application(t);
	const server = await serve(t, config);
	const page = await driven.newPage();
	t.after(() => page.close());
	const address = `http://127.0.0.1:${server.httpServer.address().port}/`;
	await page.goto(address);
	await evaluated(page);
	assert.equal(await page.evaluate(() => window.playbook), "bytes");
	const overlay = () =>
		page.evaluate(() => document.querySelector("vite-error-overlay")?.shadowRoot.textContent ?? "");
	const says = async () => {
		let text = "";
		// Vite loads the page anew when it likes.
		await until("an overlay", async () => {
			text = await overlay().catch(() => "");
			return /no signal/.test(text);
		});
		for (const wanted of [/there is no signal `taks`/, /did you mean `tasks`/, /playbook\.json:10:5/])
			assert.match(text, wanted);
	};
	put("playbook.json", playbook("signals.taks"));
	await says();
	await page.reload();
	await says();
	assert.equal((await fetch(address)).status, 200, "the server stays up");
	put("playbook.json", playbook().replaceAll("task_created", "todo_created"));
	await until("the types", () => /todo_created/.test(read("ripen.d.ts")));
	await until("no overlay", async () => (await overlay().catch(() => "no signal")) === "");
	await page.waitForFunction(() => window.ripen?.view()?.signals.tasks !== undefined);
	put("playbook.json", playbook());
	await evaluated(page);
});

/** What the page had to say to a developer, by its code. */
function said(page) {
	const all = [];
	page.on("console", (message) => {
		const [, text, code] = /^ripen: (.*) \[(\w+)\]$/.exec(message.text()) ?? [];
		if (code) all.push([code, text]);
	});
	return all;
}
const misspelt = `${main}
ripen.track("task_craeted");
ripen.track("task_craeted");
ripen.trigger("halp");
document.body.append(Object.assign(document.createElement("div"), { innerHTML: '<ripen-slot name="top"></ripen-slot>' }));
`;

test("in dev a name that the playbook does not know is told on the console, once, with the near one", async (t) => {
	const { put, config } = application(t);
	put("main.js", misspelt);
	const server = await serve(t, config);
	const page = await driven.newPage();
	t.after(() => page.close());
	const all = said(page);
	await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
	await evaluated(page);
	await until("three warnings", () => all.length >= 3);
	assert.deepEqual(all.map(([code]) => code).sort(), ["unknown_event", "unknown_slot", "unknown_trigger"]);
	const [, text] = all.find(([code]) => code === "unknown_event");
	assert.match(text, /`task_craeted`; did you mean `task_created`\?/);
	await page.evaluate(() => {
		window.ripen.track("task_craeted");
		window.ripen.track("another");
	});
	await until("the next", () => all.length >= 4);
	assert.equal(all.length, 4, JSON.stringify(all));
	assert.match(all[3][1], /`another`\. If it is meant/);
});

test("events that are meant, and `dev: false`, are respected", async (t) => {
	for (const dev of ['{ events: ["task_craeted"] }', "false"]) {
		const { put, config } = application(t);
		put("main.js", misspelt.replace('mode: "off"', `mode: "off", dev: ${dev}`));
		const server = await serve(t, config);
		const page = await driven.newPage();
		t.after(() => page.close());
		const all = said(page);
		await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
		await evaluated(page);
		if (dev === "false") await page.evaluate(() => window.ripen.flush());
		else await until("the other two", () => all.length >= 2);
		const wanted = dev === "false" ? [] : ["unknown_slot", "unknown_trigger"];
		assert.deepEqual(all.map(([code]) => code).sort(), wanted);
	}
});
