// Of another account the collector has other things to tell: it is asked anew, once it knows who is a member.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { heard, signature, signIn, track, view, withDevices } from "./devices.mjs";
import { start } from "./real.mjs";

const { at, enter } = withDevices();
/** Of each question, the accounts that the collector had been told of by then. */
const told = () => {
	const known = [];
	at.collector.snapshot = () => {
		const groups = at.kept().filter(({ type }) => type === "group");
		known.push(groups.map(({ groupId }) => groupId));
		return { status: 204 };
	};
	return known;
};
const join = (page, account) =>
	page.evaluate(
		([account, signature]) => window.ripen.group(account, {}, { signature }),
		[account, signature],
	);

test("C30 given who signs in and joins an account in one turn, then the collector is asked at once, and once it knows of both", async () => {
	const known = told();
	const page = await enter();
	await page.evaluate((signature) => {
		window.ripen.identify("ada", {}, { signature });
		window.ripen.group("acme", {}, { signature });
	}, signature);
	await until("asked", () => known.at(-1)?.includes("acme"));
	// The first question may have had it already; the second is asked all the same.
	await heard(page);
	const asked = known.length;
	assert.ok(asked <= 2);
	// And not again for the same.
	await signIn(page);
	await join(page, "acme");
	await track(page, "looked");
	await page.evaluate(() => window.ripen.flush());
	assert.equal((await view(page)).account, "acme");
	assert.equal(known.length, asked);
	assert.deepEqual(await errorsOf(page), []);
});

test("C11 given somebody who goes to and fro between accounts, then of each it is asked once, and of four at most", async () => {
	const known = told();
	const page = await enter();
	await signIn(page);
	for (const account of ["a", "b", "c", "a", "b", "c", "d", "e", "f", "g"]) {
		await page.evaluate(() => window.clock.move(1_000));
		await join(page, account);
		await page.waitForFunction((account) => window.ripen.view()?.account === account, account);
		await page.evaluate(() => window.ripen.flush());
	}
	const distinct = new Set(known.map((accounts) => accounts.join()));
	assert.ok(known.length <= 2 * 4, `${known.length} questions`);
	assert.ok(distinct.size > 1);
	assert.deepEqual(await errorsOf(page), []);
});

test("C11 given accounts that change before what asks has been loaded, then it is asked about the last, once", async () => {
	const known = told();
	let release;
	const released = new Promise((resolve) => {
		release = resolve;
	});
	await at.context.route("**/snapshot-*.js", async (route) => {
		await released;
		await route.continue();
	});
	const page = await enter();
	await signIn(page);
	for (const account of ["a", "b", "c"]) {
		await join(page, account);
		await page.waitForFunction((account) => window.ripen.view()?.account === account, account);
	}
	// The collector knows of all of them by then: no reason to ask twice.
	await page.evaluate(() => window.ripen.flush());
	release();
	await heard(page);
	// What each of those before would have asked is asked by the time of the next.
	await join(page, "d");
	await until("asked of the next", () => known.at(-1)?.includes("d"));
	assert.ok(known.length <= 1 + 2, `${known.length} questions`);
	assert.deepEqual(await errorsOf(page), []);
});

test("C17 given another person while it is looked up what was told of the first, then the collector is asked about them", async () => {
	at.collector.snapshot = () => ({ status: 204 });
	const page = await enter();
	await page.evaluate((signature) => {
		window.ripen.identify("ada", {}, { signature });
		window.ripen.track("looked");
	}, signature);
	await page.evaluate(
		(signature) => queueMicrotask(() => window.ripen.identify("bob", {}, { signature })),
		signature,
	);
	await until("asked about bob", () => at.collector.asked.some(({ userId }) => userId === "bob"));
	assert.deepEqual(await errorsOf(page), []);
});

test("C30 given another account, then the collector is asked, in all tabs, once it knows of it", async () => {
	const known = told();
	const page = await enter();
	await signIn(page);
	await join(page, "globex");
	await until("asked", () => known.at(-1)?.includes("globex"));
	const other = await enter({ clock: start + 60_000 });
	await join(other, "acme");
	await until("asked of the other", () => known.at(-1).includes("acme"));
	for (const each of [page, other]) {
		await each.bringToFront();
		await each.waitForFunction(() => window.ripen.view()?.account === "acme");
		await track(each, "looked");
		await each.evaluate(() => window.ripen.flush());
	}
	for (const each of [page, other]) assert.deepEqual(await errorsOf(each), []);
});

test("C12 C30 given a collector that is down, then who joins an account is asked about all the same, in vain", async () => {
	at.collector.snapshot = () => ({ status: 204 });
	const page = await enter();
	await signIn(page);
	await until("asked", () => at.collector.asked.length === 1);
	at.collector.down = true;
	await join(page, "acme");
	await until("asked again", () => at.collector.asked.length >= 2);
	await track(page, "opened");
	// Nothing is waited for beyond two seconds.
	await until("decided", () =>
		page
			.evaluate(() => window.seen.decisions.length === 0)
			.then(async (isSo) => {
				if (isSo) await page.evaluate(() => window.clock.move(2_000));
				return !isSo;
			}),
	);
	await page.getByRole("region", { name: "A hint" }).waitFor();
	assert.deepEqual(await errorsOf(page), []);
});
