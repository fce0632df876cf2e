// Batches as gzip, for collectors that say that they can read it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, healthOf, inChromium, ready, until } from "./browser.mjs";

const at = inChromium();
const batches = () => at.collector.requests.filter(({ batch }) => batch);
const able = { status: 200, body: { success: true, gzip: true } };
const send = (page, count, name = "e") =>
	page.evaluate(
		([count, name]) => {
			for (let i = 0; i < count; i++) window.ripen.track(name, { i });
			return window.ripen.flush();
		},
		[count, name],
	);

test("C02 given a collector that says so, then what follows is packed, and is as simple a request as before", async () => {
	at.collector.answer = () => able;
	const page = await at.open();
	await ready(page);
	await send(page, 50);
	assert.deepEqual([batches().length, batches()[0].packed], [1, false], "before it was said");
	const health = await send(page, 50);
	assert.equal(health.waiting, 0);
	const [plain, packed] = batches();
	assert.equal(packed.packed, true);
	assert.ok(packed.bytes * 4 < plain.bytes, `${packed.bytes} of ${plain.bytes}`);
	assert.match(packed.headers["content-type"], /^text\/plain/);
	assert.equal(packed.headers["content-encoding"], undefined);
	assert.equal(packed.batch.batch.length, 50);
	await send(page, 1);
	assert.equal(batches().at(-1).packed, false, "too small to be worth it");
	assert.equal(at.collector.events.length, 101);
	assert.deepEqual(await errorsOf(page), []);
});

test("given a collector that never says so, then nothing is packed", async () => {
	const page = await at.open();
	await ready(page);
	for (let i = 0; i < 3; i++) await send(page, 50);
	assert.ok(batches().every(({ packed }) => !packed));
});

test("C07 given something in between that cannot read it, then the batch goes at once as it is, and none is packed again", async () => {
	at.collector.answer = (_, { packed }) => (packed ? { status: 400 } : able);
	const page = await at.open();
	await ready(page);
	for (let i = 0; i < 4; i++) await send(page, 50);
	assert.deepEqual(
		batches().map(({ packed }) => packed),
		[false, true, false, false, false],
	);
	const { delivered, dropped, waiting } = await healthOf(page);
	assert.deepEqual([delivered, dropped, waiting], [200, {}, 0]);
	assert.equal(at.collector.events.length, 200);
});

test("given a fault of the network with a packed batch, then its next try is not packed", async () => {
	let fail = true;
	at.collector.answer = (_, { packed }) => (packed && fail ? { status: 503 } : able);
	const page = await at.open();
	await ready(page);
	await send(page, 50);
	await send(page, 50);
	await until("sent", async () => (await healthOf(page)).waiting === 0);
	fail = false;
	await send(page, 50);
	assert.equal(batches().filter(({ packed }) => packed).length, 1);
	assert.equal(at.collector.events.length, 150);
});

test("given a CompressionStream that fails, or none, then batches go as they are", async () => {
	for (const broken of [true, false]) {
		await at.context.addInitScript((broken) => {
			window.CompressionStream = broken
				? class {
						constructor() {
							throw new TypeError("no such format");
						}
					}
				: undefined;
		}, broken);
		at.collector.answer = () => able;
		const page = await at.open();
		await ready(page);
		for (let i = 0; i < 2; i++) assert.equal((await send(page, 50)).waiting, 0);
		assert.ok(batches().every(({ packed }) => !packed));
		assert.deepEqual(await errorsOf(page), []);
		await page.close();
	}
});

test("C03 what goes as the page hides is not packed: nothing is waited for then", async () => {
	at.collector.answer = () => able;
	const page = await at.open();
	await ready(page);
	await send(page, 1);
	await page.evaluate(() => {
		window.ripenHolds = true;
		for (let i = 0; i < 20; i++) window.ripen.track("hiding", { i });
	});
	await page.goto("about:blank");
	await until("arrived", () => at.collector.events.filter(({ event }) => event === "hiding").length >= 20);
	assert.ok(batches().every(({ packed }) => !packed));
});
