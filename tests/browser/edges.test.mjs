import assert from "node:assert/strict";
import { test } from "node:test";
import { ready } from "./browser.mjs";
import { decided, decisions, inChromiumForReal, minute, move, nudge } from "./real.mjs";

const at = inChromiumForReal({ backForwardCache: true });
const only = (on, more) => ({ nudges: { it: nudge({ on, ...more }) } });
const silent = { person: "ada", nudges: false };
/** What has been decided once all that was tracked is evaluated. */
const after = async (page, work) => {
	await page.evaluate(work);
	await page.evaluate(() => window.ripen.track("barrier"));
	const signal = await page.evaluate(() => window.ripen.flush().then(() => window.ripen.view().at));
	assert.ok(signal);
	return (await decisions(page)).length;
};

test("a page load is an occasion, once somebody is known", async () => {
	const page = await at.enter(only("load"), { nudges: false });
	assert.deepEqual(await decisions(page), []);
	await page.evaluate(() => window.ripen.identify("ada"));
	assert.deepEqual(await decided(page, 1), [{ on: "load", considered: ["it"], won: "it" }]);
	await page.reload();
	await ready(page);
	await decided(page, 1);
	assert.equal(await after(page, () => 0), 1, "and is not one again at each event");
});

test("a change of route is a load; a query, or a place on the page, is none", async () => {
	const page = await at.enter(only("load"), silent);
	await decided(page, 1);
	assert.equal(await after(page, () => history.pushState(null, "", "/projects")), 2);
	assert.equal(await after(page, () => history.replaceState(null, "", "/projects?sort=name")), 2);
	assert.equal(await after(page, () => history.pushState(null, "", "#details")), 2);
	assert.equal(await after(page, () => history.pushState(null, "", "#/plans")), 3);
	await page.goBack();
	await decided(page, 4);
	assert.equal(
		await page.evaluate(() => Object.hasOwn(history, "pushState")),
		false,
		"nothing of the host's is patched",
	);
});

test("page() tells of a page that the address does not; where the address told it, it is one load", async () => {
	const page = await at.enter(only("load"), silent);
	await decided(page, 1);
	assert.equal(await after(page, () => window.ripen.page("Home")), 1);
	const both = () => {
		history.pushState(null, "", "/plans");
		window.ripen.page("Plans");
	};
	assert.equal(await after(page, both), 2);
	assert.equal(await after(page, () => window.ripen.page("Plans")), 2);
	assert.equal(await after(page, () => window.ripen.page("Plans, by year")), 3);
});

test("without the Navigation API a change of route is seen at the next event", async () => {
	await at.context.addInitScript(() => Object.defineProperty(window, "navigation", { value: undefined }));
	const page = await at.enter(only("load"), silent);
	await decided(page, 1);
	await page.evaluate(() => history.pushState(null, "", "/projects"));
	assert.equal(await after(page, () => 0), 2);
	await page.goBack();
	await decided(page, 3);
});

test("C10 a return from the back-forward cache is a load", async () => {
	const page = await at.enter(only("load"), silent);
	await decided(page, 1);
	await page.evaluate(() => {
		window.stayed = true;
	});
	await page.goto(`${at.origin}/wasm/ripen.js`);
	await page.goBack({ waitUntil: "commit" });
	await page.waitForFunction(() => window.ripen);
	assert.equal(await page.evaluate(() => window.stayed), true);
	assert.equal((await decided(page, 2)).length, 2);
});

test("a condition on the page is an occasion when it begins to hold", async () => {
	const page = await at.enter(only({ page: { "page.path": { $regex: "^/plans" } } }), silent);
	assert.equal(await after(page, () => 0), 0);
	assert.equal(await after(page, () => history.pushState(null, "", "/plans")), 1);
	assert.equal(await after(page, () => history.pushState(null, "", "/plans/team")), 1, "it goes on holding");
	assert.equal(await after(page, () => history.pushState(null, "", "/")), 1);
	assert.equal(await after(page, () => history.pushState(null, "", "/plans")), 2);
});

test("a title that a framework sets later counts when it is there", async () => {
	const page = await at.enter(only({ page: { "page.title": "Plans" } }), silent);
	await page.evaluate(() => {
		document.title = "Plans";
	});
	assert.deepEqual(await decided(page, 1), [{ on: "time or page", considered: ["it"], won: "it" }]);
});

test("a moment is an occasion when it fires: by an event, and by time alone", async () => {
	const playbook = {
		signals: { since: { since: "exported" }, exports: { count: "exported" } },
		moments: {
			quiet: { when: { "signals.since": { $gte: "2h" } }, motion: "self_serve" },
			busy: { when: { "signals.exports": { $gte: 2 } }, motion: "self_serve" },
		},
		nudges: { quiet: nudge({ on: { moment: "quiet" } }), busy: nudge({ on: { moment: "busy" } }) },
	};
	const page = await at.enter(playbook, silent);
	assert.equal(await after(page, () => window.ripen.track("exported")), 0);
	await after(page, () => window.ripen.track("exported"));
	assert.deepEqual(await decided(page, 1), [{ on: "exported", considered: ["busy"], won: "busy" }]);
	await move(page, 99 * minute);
	assert.equal((await decisions(page)).length, 1);
	await move(page, minute);
	assert.deepEqual((await decided(page, 2))[1], { on: "time or page", considered: ["quiet"], won: "quiet" });
	assert.equal(await after(page, () => 0), 2);
});

test("C34 a moment that fired while no page was there is nobody's occasion", async () => {
	const playbook = {
		signals: { since: { since: "exported" } },
		moments: { quiet: { when: { "signals.since": { $gte: "2h" } }, motion: "self_serve" } },
		nudges: { quiet: nudge({ on: { moment: "quiet" } }) },
	};
	const page = await at.enter(playbook, silent);
	await after(page, () => window.ripen.track("exported"));
	const clock = await page.evaluate(() => window.clock.now());
	await page.close();
	const later = await at.enter(playbook, { ...silent, clock: clock + 300 * minute });
	assert.deepEqual(await later.evaluate(() => window.ripen.view().moments), ["quiet"]);
	assert.equal(await after(later, () => 0), 0);
});

test("an element is an occasion each time it comes into view, whenever it appears", async () => {
	const playbook = {
		nudges: { it: nudge({ on: { element: "#invite" } }), bad: nudge({ on: { element: ":nonsense(" } }) },
	};
	const page = await at.enter(playbook, silent);
	await page.evaluate(() => {
		document.body.insertAdjacentHTML("beforeend", '<div style="height: 300vh"></div><button>Invite</button>');
	});
	assert.equal(await after(page, () => 0), 0);
	await page.evaluate(() => {
		document.querySelector("button:last-of-type").id = "invite";
	});
	assert.equal(await after(page, () => 0), 0, "below the fold");
	await page.evaluate(() => document.querySelector("#invite").scrollIntoView());
	assert.deepEqual(await decided(page, 1), [{ on: "#invite", considered: ["it"], won: "it" }]);
	await page.evaluate(() => scrollTo(0, 0));
	await page.waitForFunction(() => scrollY === 0);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	await page.evaluate(() => document.querySelector("#invite").scrollIntoView());
	await decided(page, 2);
	const warnings = await page.evaluate(() => window.seen.warnings.map(({ code }) => code));
	assert.deepEqual(warnings, ["selector_bad"], "C41 a bad selector is told once, and its neighbour works");
});

test("the host asks by a name, also before the engine is there, and after what it tracked before", async () => {
	const playbook = {
		signals: { tours: { count: "tour_wanted" } },
		...only({ call: "tour" }, { when: { "signals.tours": { $gte: 1 } } }),
	};
	const page = await at.enter(playbook, silent);
	await page.evaluate(() => window.ripen.trigger("other"));
	await page.evaluate(() => {
		window.ripen.track("tour_wanted");
		window.ripen.trigger("tour");
	});
	assert.deepEqual(await decided(page, 1), [{ on: "tour", considered: ["it"], won: "it" }]);
	const early = await at.context.newPage();
	await early.addInitScript(() => {
		let called = false;
		Object.defineProperty(window, "seen", {
			get: () => window.kept,
			set(seen) {
				window.kept = seen;
			},
		});
		Object.defineProperty(window, "ripen", {
			get: () => window.package,
			set(ripen) {
				window.package = ripen;
				if (!called) ripen.trigger("tour");
				called = true;
			},
		});
	});
	await early.goto(page.url());
	await ready(early);
	assert.deepEqual((await decided(early, 1))[0].on, "tour");
});

test("conditions see the device, the session and the page", async () => {
	const when = {
		"device.type": "desktop",
		"device.touch": false,
		"session.pages": { $gte: 2 },
		"session.seconds": { $gte: 60 },
		"page.search": { $regex: "init=" },
		locale: "en",
	};
	const page = await at.enter(only("load", { when }), silent);
	const [first] = await decided(page, 1);
	assert.equal(first.won, null);
	await move(page, minute);
	await page.evaluate(() => history.pushState(null, "", `/two${location.search}`));
	assert.equal((await decided(page, 2))[1].won, "it");
});
