// A nudge on screen when its moment is over: it goes, and nobody has answered it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setHidden, until, wasShown } from "./browser.mjs";
import { banner, decided, inChromiumForReal, minute, move, nudge, start } from "./real.mjs";

const at = inChromiumForReal();
const on = { event: "due" };
const track = (page, name) => page.evaluate((name) => window.ripen.track(name), name);
const route = (page, hash) =>
	page.evaluate((hash) => {
		location.hash = hash;
	}, hash);
/** What was told of nudges, in turn: that they were considered, and what became of them. */
const told = async (page) => {
	await page.evaluate(() => window.ripen.flush());
	return at
		.kept()
		.filter(({ event }) => event?.startsWith("$nudge_"))
		.map(({ event, properties: { verdict, by, action } }) =>
			[event.slice("$nudge_".length), verdict, by, action].filter(Boolean).join(" "),
		);
};
const withoutLocks = () => Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
const gone = (page) => page.locator("ripen-nudge").waitFor({ state: "detached" });
const signals = { exports: { count: "export" } };
const few = { "signals.exports": { $lt: 1 } };
const never = (when) => [{ purpose: ["help", "upgrade"], when }];
const policy = { holdout: 0, help_first: false };
const checkout = { "page.hash": "#/checkout" };
const elsewhere = (name) => async (page, enter) => {
	// Later: of one instant it might as well have been before.
	const other = await enter({ clock: start + 1_000 });
	await track(other, name);
	await other.evaluate(() => window.ripen.flush());
	await page.evaluate(() => window.ripen.track("look"));
};
const exported = (page) => track(page, "export");

const over = {
	"the policy forbids it on the next route": {
		playbook: { policy: { ...policy, never: never(checkout) }, nudges: { it: nudge({ on }) } },
		happens: (page) => route(page, "#/checkout"),
		by: "policy.never",
	},
	"its condition is of another route": {
		playbook: { nudges: { it: nudge({ on, when: { "page.hash": { $ne: "#/checkout" } } }) } },
		happens: (page) => route(page, "#/checkout"),
		by: "when",
	},
	"its condition no longer holds": {
		playbook: { signals, nudges: { it: nudge({ on, when: few }) } },
		happens: exported,
		by: "when",
	},
	"its moment no longer holds": {
		playbook: {
			signals,
			moments: { early: { when: few, motion: "self_serve" } },
			nudges: { it: nudge({ on, moment: "early" }) },
		},
		happens: exported,
		by: "when",
	},
	"its schedule ends": {
		playbook: { nudges: { it: nudge({ on, schedule: { to: "2026-03-02T10:25:00Z" } }) } },
		happens: (page) => move(page, 6 * minute),
		by: "schedule",
		// It was seen for a minute before that.
		also: ["ignored"],
	},
	"its goal is reached in another tab": {
		playbook: { nudges: { it: nudge({ on, goal: { event: "export" } }) } },
		happens: elsewhere("export"),
		by: "limits.converted",
		also: ["converted"],
	},
};
for (const [what, { playbook, happens, by, also = [] }] of Object.entries(over))
	test(`C32 what is on screen goes when ${what}`, async () => {
		const enter = (more) => at.enter(playbook, { path: "/#/plans", person: "ada", ...more });
		const page = await enter();
		await track(page, "due");
		await banner(page).waitFor();
		await wasShown(page);
		// What it does to itself by being shown ends nothing: there is one a session, and so many in all.
		await track(page, "look");
		await page.evaluate(() => window.ripen.flush());
		assert.equal(await page.locator("ripen-nudge").count(), 1);
		await happens(page, enter);
		await gone(page);
		const expected = ["exposed won", "shown", `exposed blocked ${by}`, ...also];
		await until("told", async () => (await told(page)).length === expected.length);
		assert.deepEqual((await told(page)).sort(), expected.sort());
		assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
	});

for (const [zone, to] of [
	["its zone", "2026-03-02T10:25:00Z"],
	["the user's clock", "2026-03-02T10:25:00"],
])
	test(`C32 given a schedule that ends by ${zone}, then it goes at that instant, and not at some later look`, async () => {
		// The browser is in the zone of this process.
		const ahead = new Date(start).getTimezoneOffset() * minute;
		const clock = to.endsWith("Z") ? start : start + ahead;
		const playbook = { nudges: { it: nudge({ on, schedule: { to } }) } };
		const page = await at.enter(playbook, { person: "ada", clock });
		await track(page, "due");
		await banner(page).waitFor();
		// Whether it is switched off is asked at 4:40 and at 5:20, and what is over by then goes with the answer.
		await move(page, 281_000);
		await page.evaluate(() => window.ripen.flush());
		assert.equal(await page.locator("ripen-nudge").count(), 1);
		await move(page, 19_000);
		await gone(page);
		await until("told", async () => (await told(page)).includes("exposed blocked schedule"));
	});

test("C32 C24 what the policy forbids goes between a sign-in and its being folded; what it allows stays", async () => {
	const playbook = { policy: { ...policy, never: never(checkout) }, nudges: { it: nudge({ on }) } };
	const page = await at.enter(playbook, { path: "/#/plans" });
	await track(page, "due");
	await banner(page).waitFor();
	await page.evaluate(() => window.ripen.flush());
	// Nothing that comes from here on is written, so that nothing of it is folded.
	await page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.open("ripen:wk").onsuccess = ({ target }) => {
					const transaction = target.result.transaction(["events", "state"], "readwrite");
					const hold = () => {
						resolve();
						if (!window.lets) transaction.objectStore("state").count().onsuccess = hold;
					};
					hold();
				};
			}),
	);
	await page.evaluate(() => window.ripen.identify("bob"));
	await route(page, "#/team");
	// It was looked at again: nobody is known by that name yet.
	await page.waitForFunction(() => window.ripen.view() === undefined || window.ripen.view().person !== "bob");
	assert.equal(await page.locator("ripen-nudge").count(), 1);
	await route(page, "#/checkout");
	await gone(page);
	assert.notEqual(await page.evaluate(() => window.ripen.view()?.person), "bob");
	await page.evaluate(() => {
		window.lets = true;
	});
	await page.waitForFunction(() => window.ripen.view()?.person === "bob");
	await until("told", async () => (await told(page)).includes("exposed blocked policy.never"));
});

test("C32 an open lead takes away what sells, in another tab too, and leaves what helps", async () => {
	const content = {
		en: { title: "Talk", fields: { message: "What about?" }, submit: "Send", thanks: "Thanks." },
	};
	const talk = nudge({
		purpose: "talk",
		on: { event: "asked" },
		placement: { kind: "modal" },
		content,
		form: { fields: [{ name: "message", type: "text" }] },
		actions: [],
	});
	for (const purpose of ["upgrade", "help"]) {
		const page = await at.enter({ policy, nudges: { it: nudge({ on, purpose }) } }, { person: purpose });
		await track(page, "due");
		await banner(page).waitFor();
		// The place is of all tabs: so the form was there before, in a page that another tab has.
		await page.evaluate(() =>
			localStorage.setItem("ripen:wk:lead", `${window.clock.now() + 1e6} ${window.ripen.view().person}`),
		);
		await track(page, "look");
		await page.evaluate(() => window.ripen.flush());
		if (purpose === "upgrade") await gone(page);
		else assert.equal(await page.locator("ripen-nudge").count(), 1);
		await page.close();
	}
	const page = await at.enter({ policy, nudges: { talk } }, { person: "ada" });
	await track(page, "asked");
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Send" }).click();
	await dialog.getByRole("status").filter({ hasText: "Thanks." }).waitFor();
	await track(page, "look");
	await page.evaluate(() => window.ripen.flush());
	assert.equal(await dialog.count(), 1, "who has asked sees that it was received");
});

const writing = {
	signals,
	policy: { ...policy, never: never(checkout) },
	nudges: {
		it: nudge({
			on,
			when: few,
			placement: { kind: "slide_out" },
			content: {
				en: { title: "A hint", fields: { why: "Why?" }, submit: "Send", thanks: "Thanks.", consent: "C" },
			},
			form: { fields: [{ name: "why", type: "text" }] },
			actions: [],
		}),
	},
};
test("C32 what somebody writes is not taken from them by `when`, but by what the policy never allows", async () => {
	const page = await at.enter(writing, { person: "ada" });
	await track(page, "due");
	const why = page.getByLabel("Why?");
	await why.fill("Since");
	await exported(page);
	await page.waitForFunction(() => window.ripen.view()?.signals.exports === 1);
	assert.equal(await why.inputValue(), "Since");
	await route(page, "#/checkout");
	await gone(page);
	assert.deepEqual(await told(page), ["exposed won", "shown", "exposed blocked policy.never"]);
});

test("C32 what somebody has only looked at goes, and a host that draws is told by the signal", async () => {
	const page = await at.enter(writing, { person: "ada" });
	await track(page, "due");
	await page.getByLabel("Why?").focus();
	await exported(page);
	await gone(page);
	await page.close();
	const playbook = { signals, nudges: { it: nudge({ on, when: few }) } };
	const own = await at.enter(playbook, { person: "bob", nudges: false });
	await track(own, "due");
	await own.waitForFunction(() => window.seen.nudges.length === 1);
	await own.evaluate(() => window.seen.nudges[0].report("shown"));
	await exported(own);
	await own.waitForFunction(() => window.seen.nudges[0].signal.aborted);
});

test("C32 a checklist that is done says so, though its condition is that it is not", async () => {
	const steps = [{ id: "export", signal: "exports" }];
	const content = { en: { title: "A hint", steps: { export: { title: "Export something" } } } };
	const it = nudge({
		on,
		when: few,
		limits: { shown: { at_most: 50 } },
		placement: { kind: "checklist" },
		steps,
		content,
		actions: [],
	});
	const page = await at.enter({ signals, nudges: { it } }, { person: "ada" });
	await track(page, "due");
	await page.getByText("0 / 1").waitFor();
	await exported(page);
	await page.getByText("Done: 1 / 1", { exact: true }).waitFor();
	await track(page, "look");
	assert.deepEqual(await told(page), ["exposed won", "shown", "acted done"]);
	assert.equal(await page.locator("ripen-nudge").count(), 1);
	await page.getByRole("button", { name: "Close" }).click();
	await gone(page);
	assert.deepEqual(await told(page), ["exposed won", "shown", "acted done"]);
});

/** As Chromium tells it of a tab that goes to the background, and is frozen there. */
const freeze = async (page) => {
	await setHidden(page, true);
	await page.evaluate(() => document.dispatchEvent(new Event("freeze")));
};
const thaw = (page) => page.evaluate(() => document.dispatchEvent(new Event("resume")));
const resume = async (page) => {
	await thaw(page);
	await setHidden(page, false);
};
const withOther = { signals, nudges: { ...writing.nudges, other: nudge({ on: { event: "other" } }) } };
/** A page with a form that is half-written and gave up its place, and another tab that shows something meanwhile. */
const halfWritten = async () => {
	const page = await at.enter(withOther, { person: "ada" });
	await track(page, "due");
	const why = page.getByLabel("Why?");
	await why.fill("Since");
	await freeze(page);
	const other = await at.enter(withOther, { person: "ada", clock: start + 1_000 });
	await track(other, "other");
	await banner(other).waitFor();
	return { page, why, other };
};
for (const [kind, prepare] of [
	["locks", () => {}],
	["leases", () => at.context.addInitScript(withoutLocks)],
])
	test(`C09 C32 C33 with ${kind}: a form that is half-written stays when somebody comes back to it, and what another tab shows meanwhile gives way`, async () => {
		await prepare();
		const { page, why, other } = await halfWritten();
		await resume(page);
		await gone(other);
		assert.equal(await why.inputValue(), "Since");
		// The place is this tab's again.
		await track(other, "other");
		await decided(other, 2);
		assert.equal((await decided(other, 2)).at(-1).won, null);
		await page.getByRole("button", { name: "Send" }).click();
		await page.getByText("Thanks.", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Close" }).click();
		await gone(page);
		assert.deepEqual(await page.evaluate(() => window.seen.errors), []);
		assert.deepEqual(await other.evaluate(() => window.seen.errors), []);
	});

test("C09 C33 a tab that comes to life in the background takes nothing from the one that is looked at, until it is itself", async () => {
	const { page, why, other } = await halfWritten();
	await thaw(page);
	// Who asks after it for the place has the answer after it.
	await page.evaluate(() => navigator.locks.query());
	await other.evaluate(() => window.ripen.flush());
	assert.equal(await other.locator("ripen-nudge").count(), 1);
	await setHidden(page, false);
	await gone(other);
	assert.equal(await why.inputValue(), "Since");
});

test("C09 C32 C33 of two forms that are half-written none is torn away", async () => {
	const page = await at.enter(withOther, { person: "ada" });
	await track(page, "due");
	const why = page.getByLabel("Why?");
	await why.fill("Since");
	await freeze(page);
	const other = await at.enter(withOther, { person: "ada", clock: start + 5 * 3_600_000 });
	await track(other, "due");
	await other.getByLabel("Why?").fill("Because");
	await resume(page);
	await page.evaluate(() => navigator.locks.query());
	for (const each of [page, other]) await each.evaluate(() => window.ripen.flush());
	assert.equal(await why.inputValue(), "Since");
	for (const each of [page, other]) {
		await each.getByRole("button", { name: "Send" }).click();
		await each.getByText("Thanks.", { exact: true }).waitFor();
	}
});

test("C32 what is being done is not cut off: a copy that takes its time is answered, though it ends its own moment", async () => {
	const copied = { exports: { count: "copied" } };
	const content = { en: { title: "A hint", share: { title: "S", body: "B" }, actions: { go: "Go" } } };
	const actions = [{ id: "go", track: "copied", share: "copy" }];
	const it = nudge({ on, when: few, content, actions });
	const page = await at.enter({ signals: copied, nudges: { it } }, { person: "ada" });
	await page.evaluate(() => {
		const writeText = () =>
			new Promise((resolve) => {
				window.written = resolve;
			});
		Object.defineProperty(navigator, "clipboard", { value: { writeText } });
	});
	await track(page, "due");
	await banner(page).getByRole("button", { name: "Go" }).click();
	await page.waitForFunction(() => window.ripen.view()?.signals.exports === 1);
	await page.evaluate(() => window.ripen.flush());
	await page.evaluate(() => window.written());
	await page.getByRole("button", { name: "✓" }).waitFor();
	assert.deepEqual(await told(page), ["exposed won", "shown", "acted go"]);
	await page.getByRole("button", { name: "Close" }).click();
	await gone(page);
});

test("C32 what a host shows after its moment is over does not count as shown", async () => {
	const playbook = { signals, nudges: { it: nudge({ on, when: few }) } };
	const page = await at.enter(playbook, { person: "ada", nudges: false });
	await track(page, "due");
	await page.waitForFunction(() => window.seen.nudges.length === 1);
	await exported(page);
	await page.waitForFunction(() => window.ripen.view()?.signals.exports === 1);
	assert.equal(
		await page.evaluate(() => {
			const [it] = window.seen.nudges;
			it.report("shown");
			it.report("acted");
			return it.signal.aborted;
		}),
		true,
	);
	assert.deepEqual(await told(page), ["exposed won"]);
});
