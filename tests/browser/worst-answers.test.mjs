// The collector's answers at their worst, and a host that gives no token: the page goes on by what it knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { answerOf, hour, signIn, stored, tasks, track, view, withDevices } from "./devices.mjs";
import { banner, minute, move } from "./real.mjs";

const { at, enter, anotherDevice, firstDevice } = withDevices();
const codes = (page) => page.evaluate(() => window.seen.warnings.map(({ code }) => code));
/** How long it takes at best: the machine may have other things to do meanwhile. */
const quickest = (page) =>
	page.evaluate(() => {
		const times = [1, 2, 3, 4, 5].map(() => {
			const before = performance.now();
			window.ripen.track("glanced");
			window.ripen.view();
			return performance.now() - before;
		});
		return Math.min(...times);
	});

/** What the collector says → what the page is to tell of it; a snapshot of Ada's is `good`. */
const answers = {
	"nothing at all": [{ status: 200 }],
	"a portal's page": [{ status: 200, body: "<!doctype html><title>Log in</title>" }],
	"half of it": [{ status: 200, body: '{"tag":"t1","streams":{},"snap' }],
	null: [{ status: 200, body: "null" }],
	"a number": [{ status: 200, body: "7" }],
	"no snapshot": [{ status: 200, body: { tag: "t1", streams: {} } }],
	"a snapshot that is no base64": [{ status: 200, body: { tag: "t1", streams: {}, snapshot: "äöü%" } }],
	"a snapshot that is none": [
		{ status: 200, body: { tag: "t1", streams: {}, snapshot: "AAAA" } },
		"snapshot_unreadable",
	],
	"an empty snapshot": [
		{ status: 200, body: { tag: "t1", streams: {}, snapshot: "" } },
		"snapshot_unreadable",
	],
	"a snapshot of 20 MB": [
		(good) => ({ status: 200, body: { ...good, snapshot: "AAAA".repeat(5_000_000) } }),
		"snapshot_unreadable",
	],
	"one that is cut": [
		(good) => ({ status: 200, body: { ...good, snapshot: good.snapshot.slice(0, 200) } }),
		"snapshot_unreadable",
	],
	"one without the page loads": [(good) => ({ status: 200, body: { ...good, streams: undefined } })],
	"page loads of nonsense": [
		(good, streams) => ({ status: 200, body: { ...good, streams: { [streams[0]]: 7 } } }),
	],
	"304 Not Modified": [{ status: 304 }],
	"500 and a page": [{ status: 500, body: "<h1>Oops</h1>" }],
	"what another origin may not read": [(good) => ({ status: 200, body: good, headers: {} })],
};

test("a snapshot that is none changes nothing, is not kept, and the next one is taken", async () => {
	const first = await firstDevice();
	const good = await answerOf(first);
	// Of another origin than the page, so that CORS speaks.
	await anotherDevice();
	let answer;
	at.collector.snapshot = (asked) => {
		const { status, body } = good(asked);
		if (!answer) return { status, body };
		return typeof answer === "function" ? answer(body, asked.streams) : answer;
	};
	for (const [what, [given, told]] of Object.entries(answers)) {
		await anotherDevice();
		answer = given;
		const { port } = new URL(at.origin);
		const page = await enter({ host: `http://localhost:${port}` });
		await track(page, "task_created");
		await signIn(page);
		await until(`${what}: asked`, () => at.collector.asked.length === 1);
		if (told)
			await page.waitForFunction((told) => window.seen.warnings.some(({ code }) => code === told), told);
		await track(page, "task_created");
		await until(`${what}: goes on`, async () => (await view(page))?.signals.tasks === 2);
		await page.evaluate(() => window.ripen.flush());
		await page.waitForFunction(
			(spans) => window.clock.pending.some((ms) => spans.includes(ms)),
			[minute, hour],
		);
		answer = undefined;
		await move(page, hour);
		await until(`${what}: taken`, async () => (await view(page)).signals.tasks === 5);
		assert.equal((await view(page)).person, "ada");
		assert.equal((await stored(page, "person")).tag, "t1", what);
		assert.deepEqual(await errorsOf(page), [], what);
		const unexpected = (await codes(page)).filter((code) => code !== told && code !== "internal");
		assert.deepEqual(unexpected, [], what);
		await page.close();
	}
});

test("a snapshot of somebody else shows nothing of them", async () => {
	const first = await firstDevice();
	const good = await answerOf(first);
	await anotherDevice();
	at.collector.snapshot = good;
	const page = await enter();
	await signIn(page, "bob");
	await track(page, "task_created");
	await until("asked", () => at.collector.asked.length === 1);
	await page.evaluate(() => window.ripen.flush());
	await tasks(page, 1);
	const { person, traits } = await view(page);
	assert.deepEqual([person, traits.user], ["bob", {}]);
	await track(page, "task_created");
	await tasks(page, 2);
	assert.deepEqual(await errorsOf(page), []);
});

for (const [what, make] of [
	[
		"throws",
		() => {
			throw new Error("no token");
		},
	],
	["rejects", () => Promise.reject(new Error("no token"))],
	["never answers", () => new Promise(() => {})],
])
	test(`a host whose token() ${what} holds nothing up`, async () => {
		const first = await firstDevice();
		at.collector.snapshot = await answerOf(first);
		await anotherDevice();
		await at.context.addInitScript((make) => {
			window.token = new Function(`return (${make})`)();
		}, `${make}`);
		const page = await enter({ tokens: ["ask the window"] });
		await signIn(page);
		await track(page, "task_created", "opened");
		await tasks(page, 1);
		// A nudge waits for what other devices have shown, but not for ever.
		await page.waitForFunction(() => window.seen.decisions.length > 0);
		await move(page, 2_000);
		await banner(page).waitFor();
		assert.equal((await page.evaluate(() => window.ripen.flush())).waiting, 0);
		// And is asked again.
		await page.evaluate(() => {
			window.token = () => "fresh";
		});
		await move(page, minute);
		await move(page, hour);
		await until("asked", () => at.collector.asked.some(({ token }) => token === "fresh"));
		await tasks(page, 4);
		assert.deepEqual(await errorsOf(page), []);
	});

/** What is said of the nudges that are switched off, none of which is this one. */
const lists = {
	"not JSON": { status: 200, body: "<h1>Log in</h1>" },
	"not a list": { status: 200, body: '{"tip":true}' },
	"not names": { status: 200, body: '[7,null,{"a":["tip"]}]' },
	"a list of 3 MB": {
		status: 200,
		body: JSON.stringify(Array.from({ length: 200_000 }, (_, at) => `nudge_${at}`)),
	},
	304: { status: 304 },
	204: { status: 204 },
	500: { status: 500, body: '["tip"]' },
	"what another origin may not read": { status: 200, body: '["tip"]', headers: {} },
};

test("C28 a list of killed nudges that is none kills nothing, and the page is as quick as before", async () => {
	for (const [what, answer] of Object.entries(lists)) {
		await anotherDevice();
		at.collector.killed = () => answer;
		const { port } = new URL(at.origin);
		const page = await enter({ host: `http://localhost:${port}` });
		await track(page, "opened");
		await banner(page).waitFor();
		await banner(page).getByRole("button", { name: "Go" }).click();
		assert.ok((await quickest(page)) < 1_000, what);
		await track(page, "looked");
		await page.getByRole("region", { name: "Another" }).waitFor();
		assert.deepEqual([await errorsOf(page), await codes(page)], [[], []], what);
		await page.close();
	}
});
