import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

const { copyFor } = await load("nudge/content.ts");
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
