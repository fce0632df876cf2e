// From the text of a playbook to what is on screen, by the modules that are shipped: what the compiler makes of texts is
// what pages draw.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsOf, until } from "./browser.mjs";
import { inChromiumForReal, nudge } from "./real.mjs";

const at = inChromiumForReal();
const signals = { tasks: { count: "task_created" } };
const track = (page, name, times = 1) =>
	page.evaluate(
		([name, times]) => {
			for (let i = 0; i < times; i++) window.ripen.track(name);
		},
		[name, times],
	);

test("C40 placeholders are filled in, markup is drawn, and HTML is text", async () => {
	const content = {
		de: { title: "Deutsch", body: "Deutsch" },
		en: {
			title: "Hi",
			body: [
				"**{{signals.tasks:plural(one=# task;other=# tasks)|none}}** of *{{account.name|your team}}*, {{user.seats:number|?}} seats.",
				"<b>Not bold</b> \\*as it is\\*",
				"- [see all](/tasks)",
				"- `{{user.id|0}}`",
			].join("\n"),
			actions: { go: "Go", later: "Later" },
		},
		// What differs, and no more.
		"en-US": { title: "Hello, {{user.name|friend}}!" },
	};
	const playbook = { signals, nudges: { hint: nudge({ on: { event: "asked" }, content }) } };
	const page = await at.enter(playbook);
	await page.evaluate(() => {
		document.documentElement.lang = "en-US";
	});
	await page.evaluate(() => window.ripen.identify("ada", { name: "<i>Ada</i>", seats: 1234.5 }));
	await track(page, "task_created", 2);
	await track(page, "asked");
	const banner = page.getByRole("region", { name: "Hello, <i>Ada</i>!" });
	await banner.waitFor();
	assert.equal(await banner.locator("strong").textContent(), "2 tasks");
	assert.equal(await banner.locator("em").textContent(), "your team");
	assert.equal(await banner.locator("b, i").count(), 0);
	const text = await banner.textContent();
	for (const part of ["1,234.5 seats.", "<b>Not bold</b> *as it is*"]) assert.ok(text.includes(part), text);
	assert.deepEqual(await banner.locator("li").allTextContents(), ["see all", "0"]);
	assert.equal(await banner.locator("li a").getAttribute("href"), new URL("/tasks", page.url()).href);
	assert.equal(await banner.locator("li code").count(), 1);
	assert.equal(
		await banner.getByRole("button", { name: "Later" }).count(),
		1,
		"a label of the base language",
	);
	assert.deepEqual(await errorsOf(page), []);
});

test("the languages of the policy come before others that are written", async () => {
	const playbook = {
		policy: { holdout: 0, help_first: false, languages: ["fr"] },
		nudges: {
			hint: nudge({
				on: { event: "asked" },
				content: {
					de: { title: "Ein Hinweis", actions: { go: "Los", later: "Später" } },
					fr: { title: "Un conseil", actions: { go: "Allez" } },
				},
			}),
		},
	};
	const page = await at.enter(playbook);
	await track(page, "asked");
	const banner = page.getByRole("region", { name: "Un conseil" });
	await banner.waitFor();
	assert.equal(await banner.getByRole("button", { name: "Allez" }).count(), 1);
	assert.equal(await banner.getByRole("button", { name: "Später" }).count(), 1, "text by text");
});

test("a checklist's steps are done as what they are bound to comes true", async () => {
	const playbook = {
		signals,
		segments: { busy: { when: { "signals.tasks": { $gte: 2 } } } },
		nudges: {
			list: nudge({
				on: { event: "begun" },
				placement: { kind: "checklist" },
				actions: [],
				steps: [
					{ id: "one", signal: "tasks", at_least: 1, open: "/new" },
					{ id: "two", segment: "busy" },
				],
				content: {
					en: { title: "Two steps", steps: { one: { title: "Add one" }, two: { title: "Be *busy*" } } },
				},
			}),
		},
	};
	const page = await at.enter(playbook);
	await track(page, "begun");
	const steps = page.locator("ripen-nudge li");
	await steps.getByText("Be *busy*").waitFor();
	assert.equal(await steps.getByRole("link", { name: "Add one" }).count(), 1, "a title has no markup");
	await track(page, "task_created");
	await page.locator("ripen-nudge li.done").waitFor();
	await track(page, "task_created");
	await page.locator("ripen-nudge li.done").nth(1).waitFor();
});

test("a question is asked in the words of the playbook, and answered in its options", async () => {
	const playbook = {
		nudges: {
			ask: nudge({
				purpose: "ask",
				on: { event: "asked" },
				placement: { kind: "ask" },
				actions: [],
				question: { type: "choice", options: ["a", "b"] },
				content: { en: { title: "Which?", submit: "Send", options: { question: { b: "The second" } } } },
			}),
		},
	};
	const page = await at.enter(playbook);
	await track(page, "asked");
	await page.getByLabel("The second").check();
	await page.getByRole("button", { name: "Send" }).click();
	await until("answered", async () => {
		const [answered] = await at.told(page, "$nudge_answered");
		return answered?.properties.answer === "b";
	});
});
