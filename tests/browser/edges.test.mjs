import assert from "node:assert/strict";
import { test } from "node:test";
import { ready } from "./browser.mjs";
import { decided, decisions, inChromiumForReal, minute, move, nudge, settled } from "./real.mjs";

const at = inChromiumForReal({ backForwardCache: true });
const only = (on, more) => ({ nudges: { it: nudge({ on, ...more }) } });
const silent = { person: "ada", nudges: false };
/** With a decision about nothing, at a barrier: decisions are made known in their order. */
const enter = ({ nudges, ...playbook }, init) =>
	at.enter(
		{
			nudges: { ...nudges, barrier: nudge({ on: { event: "barrier" }, when: { "user.never": 1 } }) },
			...playbook,
		},
		init,
	);
/** Resolves when all that was tracked before is decided about. */
const barrier = async (page) => {
	const barriers = await page.evaluate(() => {
		window.ripen.track("barrier");
		return window.seen.decisions.filter(({ event }) => event === "barrier").length;
	});
	await page.waitForFunction(
		(barriers) => window.seen.decisions.filter(({ event }) => event === "barrier").length > barriers,
		barriers,
	);
};
/** Does something, and has had so many other decisions made by the time all that follows from it is decided about. */
const after = async (page, work, count, why) => {
	await page.evaluate(work);
	// What is seen of the page at an event is decided about after all the events of that turn, so that one is not enough.
	for (let times = 0; times < 2; times++) await barrier(page);
	assert.equal((await decisions(page)).length, count, why);
};

test("a page load is an occasion, once somebody is known", async () => {
	const page = await enter(only("load"), { nudges: false });
	assert.deepEqual(await decisions(page), []);
	await page.evaluate(() => window.ripen.identify("ada"));
	assert.deepEqual(await decided(page, 1), [{ on: "load", considered: ["it"], won: "it" }]);
	await page.reload();
	await ready(page);
	await decided(page, 1);
	await after(page, () => 0, 1, "and is not one again at each event");
});

test("a change of route is a load; a query, or a place on the page, is none", async () => {
	const page = await enter(only("load"), silent);
	await decided(page, 1);
	await after(page, () => history.pushState(null, "", "/projects"), 2);
	await after(page, () => history.replaceState(null, "", "/projects?sort=name"), 2);
	await after(page, () => history.pushState(null, "", "#details"), 2);
	await after(page, () => history.pushState(null, "", "#/plans"), 3);
	await page.goBack();
	await decided(page, 4);
	assert.equal(
		await page.evaluate(() => Object.hasOwn(history, "pushState")),
		false,
		"nothing of the host's is patched",
	);
});

test("page() tells of a page that the address does not; where the address told it, it is one load", async () => {
	const page = await enter(only("load"), silent);
	await decided(page, 1);
	await after(page, () => window.ripen.page("Home"), 1);
	const both = () => {
		history.pushState(null, "", "/plans");
		window.ripen.page("Plans");
	};
	await after(page, both, 2);
	await after(page, () => window.ripen.page("Plans"), 2);
	await after(page, () => window.ripen.page("Plans, by year"), 3);
});

test("without the Navigation API a change of route is seen at the next event", async () => {
	await at.context.addInitScript(() => Object.defineProperty(window, "navigation", { value: undefined }));
	const page = await enter(only("load"), silent);
	await decided(page, 1);
	await page.evaluate(() => history.pushState(null, "", "/projects"));
	await after(page, () => 0, 2);
	await page.goBack();
	await decided(page, 3);
});

test("C10 a return from the back-forward cache is a load", async () => {
	const page = await enter(only("load"), silent);
	await decided(page, 1);
	await at.awayAndBack(page);
	assert.equal((await decided(page, 2)).length, 2);
});

test("a condition on the page is an occasion when it begins to hold", async () => {
	const page = await enter(only({ page: { "page.path": { $regex: "^/plans" } } }), silent);
	await after(page, () => 0, 0);
	await after(page, () => history.pushState(null, "", "/plans"), 1);
	await after(page, () => history.pushState(null, "", "/plans/team"), 1, "it goes on holding");
	await after(page, () => history.pushState(null, "", "/"), 1);
	await after(page, () => history.pushState(null, "", "/plans"), 2);
});

test("a title that a framework sets later counts when it is there", async () => {
	const page = await enter(only({ page: { "page.title": "Plans" } }), silent);
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
	const page = await enter(playbook, silent);
	await after(page, () => window.ripen.track("exported"), 0);
	await after(page, () => window.ripen.track("exported"), 1);
	assert.deepEqual(await decided(page, 1), [{ on: "exported", considered: ["busy"], won: "busy" }]);
	// The slot is free again once the host has been told.
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await move(page, 99 * minute);
	assert.equal((await decisions(page)).length, 1);
	await move(page, minute);
	assert.deepEqual((await decided(page, 2))[1], { on: "time or page", considered: ["quiet"], won: "quiet" });
	await after(page, () => 0, 2);
});

test("C34 a moment that fired while no page was there is nobody's occasion", async () => {
	const playbook = {
		signals: { since: { since: "exported" } },
		moments: { quiet: { when: { "signals.since": { $gte: "2h" } }, motion: "self_serve" } },
		nudges: { quiet: nudge({ on: { moment: "quiet" } }) },
	};
	const page = await enter(playbook, silent);
	await after(page, () => window.ripen.track("exported"), 0);
	const clock = await page.evaluate(() => window.clock.now());
	await page.close();
	const later = await enter(playbook, { ...silent, clock: clock + 300 * minute });
	assert.deepEqual(await later.evaluate(() => window.ripen.view().moments), ["quiet"]);
	await after(later, () => 0, 0);
});

test("C34 an event of an earlier page load, which nobody could evaluate then, is nobody's occasion; one of this page load is", async () => {
	const playbook = { nudges: { it: nudge({ on: { event: "due" } }) } };
	await at.context.route("**/*.wasm", (route) => route.abort());
	at.collector.down = true;
	const page = await at.open({ playbook, ...silent });
	await page.waitForFunction(() => window.ripen.health().engine === "unavailable");
	await page.evaluate(() => {
		window.ripen.track("due");
		// Durable: the collector is down.
		return window.ripen.flush();
	});
	await page.close();
	await at.context.unroute("**/*.wasm");
	const later = await enter(playbook, silent);
	await after(later, () => 0, 0);
	await after(later, () => window.ripen.track("due"), 1);
	assert.equal((await decided(later, 1))[0].won, "it");
});

test("an element is an occasion each time it comes into view, whenever it appears", async () => {
	const playbook = {
		nudges: { it: nudge({ on: { element: "#invite" } }), bad: nudge({ on: { element: ":nonsense" } }) },
	};
	const page = await enter(playbook, silent);
	await page.evaluate(() => {
		document.body.insertAdjacentHTML("beforeend", '<div style="height: 300vh"></div><button>Invite</button>');
	});
	await after(page, () => 0, 0);
	await page.evaluate(() => {
		document.querySelector("button:last-of-type").id = "invite";
	});
	await after(page, () => 0, 0, "below the fold");
	await page.evaluate(() => document.querySelector("#invite").scrollIntoView());
	assert.deepEqual(await decided(page, 1), [{ on: "#invite", considered: ["it"], won: "it" }]);
	await page.evaluate(() => scrollTo(0, 0));
	await page.waitForFunction(() => scrollY === 0);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	await page.evaluate(() => document.querySelector("#invite").scrollIntoView());
	await decided(page, 2);
	await page.waitForFunction(() => window.seen.warnings.length);
	const warnings = await page.evaluate(() => window.seen.warnings.map(({ code }) => code));
	assert.deepEqual(warnings, ["selector_bad"], "C41 a bad selector is told once, and its neighbour works");
});

test("the host asks by a name, also before the engine is there, and after what it tracked before", async () => {
	const playbook = {
		signals: { tours: { count: "tour_wanted" } },
		...only({ call: "tour" }, { when: { "signals.tours": { $gte: 1 } } }),
	};
	const page = await enter(playbook, silent);
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

test("what the host asks by a name comes after what it tracked before, also where all before that is sent and gone", async () => {
	const playbook = {
		signals: { tours: { count: "tour_wanted" } },
		...only({ call: "tour" }, { when: { "signals.tours": { $gte: 1 } } }),
	};
	const page = await enter(playbook, silent);
	await settled(page);
	await page.reload();
	await ready(page);
	await page.evaluate(() => {
		window.ripen.track("tour_wanted");
		window.ripen.trigger("tour");
	});
	assert.deepEqual(await decided(page, 1), [{ on: "tour", considered: ["it"], won: "it" }]);
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
	const page = await enter(only("load", { when }), silent);
	const [first] = await decided(page, 1);
	assert.equal(first.won, null);
	await move(page, minute);
	await page.evaluate(() => history.pushState(null, "", `/two${location.search}`));
	assert.equal((await decided(page, 2))[1].won, "it");
});
