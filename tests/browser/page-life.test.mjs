import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium({ backForwardCache: true });
const names = () => at.collector.kept().map((event) => event.event);

test("C09 C10 a page with Ripen goes into the back-forward cache, and on its return goes on", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.track("before");
		return window.ripen.flush();
	});
	await at.awayAndBack(page);
	const health = await page.evaluate(() => {
		window.ripen.track("after");
		return window.ripen.flush();
	});
	assert.equal(health.waiting, 0);
	assert.deepEqual(names(), ["before", "after"]);
	// What other tabs have folded is read first.
	await page.waitForFunction(() => `${window.ripen.view()?.names}` === "before,after");
	assert.deepEqual(await errorsOf(page), []);
});

test("C09 C10 a page that uses all there is goes there too: a nudge on screen, a request and a transaction in flight", async () => {
	const page = await at.open();
	await ready(page);
	await page.evaluate(() => window.ripen.track("due", { nudge: "hint" }));
	await page.getByRole("region", { name: "A hint" }).waitFor();
	await page.evaluate(() => window.ripen.flush());
	const session = () => page.evaluate(() => localStorage["ripen:wk:session"].split(" ")[0]);
	const before = await session();
	let release;
	const held = new Promise((resolve) => {
		release = resolve;
	});
	at.collector.answer = async () => {
		await held;
		return { status: 200, body: {} };
	};
	const count = at.collector.requests.length;
	await page.evaluate(() => {
		window.ripen.track("in_flight");
		// A transaction is open when the page goes: written in the very handlers of its going, after ours.
		addEventListener("pagehide", () => {
			for (let i = 0; i < 50; i++) window.ripen.track("at_pagehide", { i });
		});
	});
	await until("in flight", () => at.collector.requests.length > count);
	assert.equal(await at.awayAndBack(page, release), "null");
	// All of it goes on: the session, the nudge, the sender, the view.
	const health = await page.evaluate(() => {
		window.ripen.track("after");
		return window.ripen.flush();
	});
	assert.equal(health.waiting, 0);
	assert.equal(await session(), before);
	await page.waitForFunction(() => window.ripen.view()?.names.includes("after"));
	await page.getByRole("region", { name: "A hint" }).getByRole("button", { name: "Close" }).click();
	await page.evaluate(() => window.ripen.flush());
	const of = (name) => names().filter((event) => event === name).length;
	assert.deepEqual([of("in_flight"), of("at_pagehide"), of("after"), of("$nudge_dismissed")], [1, 50, 1, 1]);
	assert.deepEqual(await errorsOf(page), []);
});

test("C15 while a page lies in the back-forward cache, another tab sends; the page learns of it on its return", async () => {
	const [one, two] = [await at.open(), await at.open()];
	await Promise.all([ready(one), ready(two)]);
	// What goes as the page goes may arrive whenever it does; and no connection breaks, for which the browser itself would
	// try again.
	let isBack = false;
	at.collector.answer = ({ streams }) =>
		isBack && !streams.some(({ way }) => way)
			? { status: 200 }
			: { status: 503, headers: { "retry-after": "3600" } };
	await one.evaluate(() => {
		window.ripen.track("one");
		return window.ripen.flush();
	});
	await one.goto(`${at.origin}/wasm/ripen.js`);
	isBack = true;
	await two.evaluate(() => {
		window.ripen.track("two");
		return window.ripen.flush();
	});
	await until("sent", async () => (await healthOf(two)).waiting === 0);
	const count = at.collector.events.length;
	await one.goBack({ waitUntil: "commit" });
	await one.waitForFunction(() => window.ripen);
	await until("known", async () => (await healthOf(one)).waiting === 0);
	await one.evaluate(() => window.ripen.flush());
	assert.equal(at.collector.events.length, count, "nothing was sent again");
	// Nor is anything of it unknown here, though the other tab has taken it out of the journal.
	await one.waitForFunction(() => `${window.ripen.view()?.names}` === "one,two");
	await one.evaluate(() => {
		window.ripen.track("three");
		return window.ripen.flush();
	});
	await one.reload();
	await ready(one);
	await one.waitForFunction(() => `${window.ripen.view()?.names}` === "one,two,three");
});

test("C22 C23 calls before init are kept in order; init twice is one, and warns only of other options", async () => {
	const page = await at.context.newPage();
	await page.route("**/page.mjs", (route) =>
		route.fulfill({
			contentType: "text/javascript",
			body: `import * as ripen from "/index.js";
				const warnings = [];
				const traits = { plan: "free" };
				ripen.identify("ada", traits);
				traits.plan = "changed after the call";
				for (let i = 0; i < 1001; i++) ripen.track("e" + i);
				const options = { writeKey: "wk", onWarning: (warning) => warnings.push(warning.code) };
				ripen.init(options);
				ripen.init({ ...options });
				ripen.track("last");
				window.same = warnings.slice();
				ripen.init({ ...options, host: "https://elsewhere.example" });
				Object.assign(window, { ripen, warnings, seen: { errors: [] } });`,
		}),
	);
	await page.goto(at.origin);
	await page.waitForFunction(() => window.warnings?.includes("init_twice"));
	assert.equal(await page.evaluate(() => window.warnings.filter((code) => code === "init_twice").length), 1);
	await page.evaluate(() => window.ripen.flush());
	await until("delivered", async () => (await healthOf(page)).waiting === 0);
	assert.deepEqual((await healthOf(page)).dropped, { init_queue_full: 2 });
	const sequences = at.collector.kept().map(({ context }) => context.sequence);
	assert.deepEqual(
		sequences,
		Array.from({ length: 1001 }, (_, i) => i),
	);
	assert.deepEqual(at.collector.kept()[0].traits, { plan: "free" });
	assert.deepEqual([names()[1], names()[999], names()[1000]], ["e0", "e998", "last"]);
});

test("C12 whatever is given to it, nothing throws into the host, and what is dropped is counted", async () => {
	const page = await at.open();
	await ready(page);
	const result = await page.evaluate(async () => {
		const cycle = {};
		cycle.self = cycle;
		const hostile = {
			get x() {
				throw new Error("getter");
			},
		};
		for (const call of [
			() => window.ripen.track(),
			() => window.ripen.track(""),
			() => window.ripen.track({}),
			() => window.ripen.track("e", cycle),
			() => window.ripen.track("e", { big: 1n }),
			() => window.ripen.track("e", { f() {} }),
			() => window.ripen.track("e", hostile),
			() => window.ripen.track("e", "text"),
			() => window.ripen.identify(7),
			() => window.ripen.group(),
			() => window.ripen.track("e", { big: "x".repeat(33_000) }),
			() => window.ripen.init(),
		])
			call();
		window.ripen.track("fine");
		return window.ripen.flush();
	});
	assert.deepEqual(result.dropped, { bad_name: 5, bad_properties: 5, too_large: 1 });
	assert.deepEqual(names(), ["fine"]);
	assert.deepEqual(await errorsOf(page), []);
});
