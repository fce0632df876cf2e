import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

const { wordsOf } = await load("nudge/words.ts");
const copyFor = (content, locale) => wordsOf({ content }, locale, () => undefined);
const { safeUrl } = await load("nudge/safe-url.ts");

test("the language falls back: exact, without region, English, the first there is", () => {
	const content = {
		fr: { title: "Bonjour" },
		en: { title: "Hello" },
		de: { title: "Hallo" },
		"de-CH": { title: "Grüezi" },
	};
	for (const [locale, title] of [
		["de-CH", "Grüezi"],
		["de-AT", "Hallo"],
		["fr", "Bonjour"],
		["ja", "Hello"],
		["constructor", "Hello"],
	])
		assert.equal(copyFor(content, locale).text("title"), title, locale);
	assert.equal(copyFor({ it: { title: "Ciao" } }, "ja").text("title"), "Ciao");
	assert.equal(copyFor(undefined, "en").text("title"), "");
});

test("a thing without a text shows its id; what is no text shows nothing", () => {
	const copy = copyFor({ en: { title: { html: "<b>" }, actions: { go: "Go", odd: 7 } } }, "en");
	assert.equal(copy.label("actions", "go"), "Go");
	assert.equal(copy.label("actions", "odd"), "odd");
	assert.equal(copy.label("actions", "toString"), "toString");
	assert.equal(copy.label("fields", "name"), "name");
	assert.equal(copy.text("title"), "");
});

test("C40 an action opens the page's own origin, https or mailto, and nothing else", () => {
	const here = "http://app.example/projects?id=1";
	for (const [address, opened] of [
		["#/team", "http://app.example/projects?id=1#/team"],
		["/plans", "http://app.example/plans"],
		["https://elsewhere.example/", "https://elsewhere.example/"],
		["mailto:sales@example.com", "mailto:sales@example.com"],
		["http://elsewhere.example/", undefined],
		["javascript:alert(1)", undefined],
		[" JaVaScRiPt:alert(1)", undefined],
		["java\nscript:alert(1)", undefined],
		["data:text/html,<script>", undefined],
		["blob:http://app.example/1", undefined],
		["file:///etc/passwd", undefined],
		["http://", undefined],
	])
		assert.equal(safeUrl(address, here)?.href, opened, address);
	assert.equal(safeUrl("javascript:alert(1)", "about:blank"), undefined);
});

test("a date without a time is that day everywhere, and what is blank is not known", async () => {
	const { say } = await load("nudge/placeholder.ts");
	const view = {
		traits: { user: { ends: "2026-01-01", name: " ", at: "2026-01-01T12:00:00Z" }, account: {} },
	};
	const before = process.env.TZ;
	for (const zone of ["America/New_York", "Pacific/Kiritimati", "UTC"]) {
		process.env.TZ = zone;
		assert.equal(say({ of: "user.ends", as: "date", or: "soon" }, view, "en"), "January 1, 2026", zone);
	}
	process.env.TZ = before ?? "UTC";
	assert.equal(say({ of: "user.name", or: "there" }, view, "en"), "there");
	assert.equal(say({ of: "user.name", as: "number", or: "none" }, view, "en"), "none");
	assert.equal(say({ of: "user.none", as: "date", or: "soon" }, view, "en"), "soon");
});
