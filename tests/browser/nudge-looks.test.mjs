import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inChromium, ready } from "./browser.mjs";
import { close, furnish, gallery, open, playbook, show } from "./gallery.mjs";

const at = inChromium();
const begin = async (furniture, nudges) => {
	at.collector.playbook = nudges ? JSON.stringify({ nudges }) : playbook;
	const page = await at.open();
	await ready(page);
	await page.emulateMedia({ reducedMotion: "reduce" });
	await furnish(page, furniture);
	return page;
};
const styleOf = (card, name) => card.evaluate((element, name) => getComputedStyle(element)[name], name);
const [light, dark] = ["rgb(255, 255, 255)", "rgb(29, 33, 38)"];

for (const [browser, knows] of [
	["a browser that knows light-dark()", true],
	["one that does not", false],
])
	test(`a nudge has the scheme of the page, whatever the system's is, in ${browser}`, async () => {
		const page = await begin();
		if (!knows)
			await page.evaluate(() => {
				const { supports } = CSS;
				CSS.supports = (text, ...rest) => !text.includes("light-dark") && supports.call(CSS, text, ...rest);
			});
		for (const [system, scheme, token, expected] of [
			["dark", "light", "", light],
			["light", "dark", "", dark],
			["dark", "normal", "", light],
			["dark", "light dark", "", dark],
			["light", "light dark", "", light],
			["light", "light", "dark", dark],
		]) {
			await page.emulateMedia({ colorScheme: system });
			await furnish(page, { scheme });
			await page.evaluate((token) => document.body.style.setProperty("--ripen-color-scheme", token), token);
			const card = await show(page, "toast");
			assert.equal(await styleOf(card, "backgroundColor"), expected, `${system}, ${scheme}, ${token}`);
			await close(page);
		}
	});

test("a page that changes its scheme changes that of the nudge", async () => {
	const page = await begin({ scheme: "light" });
	const card = await show(page, "banner");
	await page.evaluate(() => {
		document.documentElement.style.colorScheme = "dark";
	});
	assert.equal(await styleOf(card, "backgroundColor"), dark);
});

test("colours of the page's own may follow its scheme", async () => {
	const page = await begin({ scheme: "dark" });
	await page.evaluate(() => {
		document.documentElement.style.setProperty("--ripen-background", "light-dark(#fefefe, #010203)");
	});
	const card = await show(page, "banner");
	assert.equal(await styleOf(card, "backgroundColor"), "rgb(1, 2, 3)");
});

test("start and end are the page's; within the card the language's direction holds", async () => {
	const english = { ...gallery.slide_out, content: { en: gallery.slide_out.content.en } };
	const page = await begin({ direction: "rtl" }, { ...gallery, english });
	const room = await page.evaluate(() => document.documentElement.clientWidth);
	for (const [name, atLeft, direction] of [
		["slide_out", true, "rtl"],
		["choice", false, "rtl"],
		["english", true, "ltr"],
	]) {
		const card = await show(page, name);
		const { x, width } = await card.boundingBox();
		assert.equal(x + width / 2 < room / 2, atLeft, name);
		assert.equal(await styleOf(card, "direction"), direction, name);
		const cross = await card.locator(".close").boundingBox();
		assert.equal(cross.x < x + width / 2, direction === "rtl", `${name}: the cross`);
		await close(page);
	}
});

const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
/** As much, and as little, as anybody may write. */
const full = Object.fromEntries(
	Object.entries(gallery).map(([name, nudge]) => [
		name,
		{
			...nudge,
			actions: ["go", "later", "no"].map((id) => ({ id, dismiss: true })),
			content: {
				en: {
					...nudge.content.en,
					title: `${long} ${long}`,
					body: name === "banner" ? undefined : `${long} `.repeat(12),
					actions: { go: long, later: long, no: "No" },
				},
			},
		},
	]),
);

for (const [width, height] of [
	[320, 256],
	[800, 400],
])
	test(`C37 at ${width} by ${height} px nothing overflows, however long the words are, and all of it is reached`, async () => {
		const page = await begin({}, full);
		await page.setViewportSize({ width, height });
		for (const name of Object.keys(full)) {
			await show(page, name);
			await open(page, name === "talk" ? "" : name);
			const card = page.locator("ripen-nudge").locator(".card:visible");
			const box = await card.boundingBox();
			assert.ok(box.x >= 0 && box.x + box.width <= width, `${name}: from ${box.x}, ${box.width} wide`);
			if (name !== "inline" && name !== "slot")
				assert.ok(box.y >= 0 && box.y + box.height <= height, `${name}: from ${box.y}, ${box.height} high`);
			const { over, hidden } = await card.evaluate((element) => {
				const edge = element.getBoundingClientRect();
				const beyond = [...element.querySelectorAll("*")].filter((each) => {
					const { left, right, width } = each.getBoundingClientRect();
					return width > 0 && (left < edge.left - 1 || right > edge.right + 1);
				});
				return {
					over: element.scrollWidth - element.clientWidth,
					hidden: beyond.map(({ className }) => className),
				};
			});
			assert.equal(over, 0, `${name}: so much wider than its box`);
			assert.deepEqual(hidden, [], name);
			// What is scrolled in it comes into sight, and the cross stays there.
			const last = card.locator("button:visible").last();
			await last.scrollIntoViewIfNeeded();
			const [end, cross] = [await last.boundingBox(), await card.locator(".close").boundingBox()];
			if (name !== "inline" && name !== "slot") {
				assert.ok(end.y + end.height <= height + 1, `${name}: its last button`);
				assert.ok(cross.y >= box.y - 9 && cross.y + cross.height <= height, `${name}: its cross`);
			}
			await close(page);
		}
	});

test("C37 the page's styles do not come in, and ours do not get out", async () => {
	const page = await begin();
	await page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(`
			html { font-size: 62.5%; }
			* { color: rgb(255, 0, 0) !important; font: italic 40px serif !important; letter-spacing: 1em !important; text-transform: uppercase !important; }
			ripen-nudge, ripen-nudge * { display: none !important; opacity: 0 !important; visibility: hidden !important; transform: scale(0); }
			section, button, h2, .card { position: static !important; background: red !important; }
		`);
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	});
	const before = await page.evaluate(() =>
		JSON.stringify([...document.querySelectorAll("*")].map((each) => ({ ...getComputedStyle(each) }))),
	);
	const card = await show(page, "banner");
	for (const [name, expected] of Object.entries({
		color: "rgb(28, 32, 36)",
		fontSize: "16px",
		fontStyle: "normal",
		letterSpacing: "normal",
		textTransform: "none",
		position: "fixed",
		opacity: "1",
		backgroundColor: light,
	}))
		assert.equal(await styleOf(card, name), expected, name);
	const after = await page.evaluate(() =>
		JSON.stringify(
			[...document.querySelectorAll("*:not(ripen-nudge)")].map((each) => ({ ...getComputedStyle(each) })),
		),
	);
	assert.equal(after === before, true, "no computed style of the page is another one");
});

test("the form that a button leads to stands below its title, as wide as its card", async () => {
	const page = await begin();
	await show(page, "talk");
	await open(page, "talk");
	const dialog = page.locator("ripen-nudge dialog.talk");
	const boxOf = (selector) => dialog.locator(selector).boundingBox();
	const [card, title, form] = [await dialog.boundingBox(), await boxOf("h2"), await boxOf("form")];
	assert.ok(form.y >= title.y + title.height, "below");
	assert.ok(form.width > 0.8 * card.width, "wide");
});

test("C26 a strict policy with Trusted Types has nothing to say against any placement", async () => {
	at.collector.csp =
		"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
	const page = await begin();
	await page.evaluate(() => {
		window.violations = [];
		document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
			window.violations.push(`${violatedDirective} ${sample}`),
		);
	});
	for (const name of Object.keys(gallery)) {
		const card = await show(page, name);
		assert.notEqual(await styleOf(card, "borderRadius"), "0px", `${name} is dressed`);
		await open(page, name);
		await close(page);
	}
	assert.deepEqual(await page.evaluate(() => window.violations), []);
});

test("what the page keeps free stays free, at all four sides", async () => {
	const page = await begin();
	const set = (values) =>
		page.evaluate((values) => {
			for (const [side, value] of Object.entries(values))
				document.documentElement.style.setProperty(`--ripen-inset-${side}`, value);
		}, values);
	await set({ top: "60px", bottom: "70px", start: "80px", end: "90px" });
	const { width, height } = page.viewportSize();
	for (const name of ["top", "banner", "slide_out", "choice"]) {
		const { x, y, ...size } = await (await show(page, name)).boundingBox();
		assert.ok(
			x >= 80 && y >= 60 && x + size.width <= width - 90 && y + size.height <= height - 70,
			`${name}: ${x}, ${y}`,
		);
		if (name === "slide_out") assert.equal(x + size.width, width - 90 - 16);
		await close(page);
	}
});

test("C38 a card stands beside its anchor with a ring around that, by the browser or by us", async () => {
	for (const isNative of [true, false]) {
		const page = await begin();
		if (!isNative)
			await page.evaluate(() => {
				CSS.supports = () => false;
			});
		for (const name of ["tooltip", "tour"]) {
			const card = await show(page, name);
			assert.equal(await card.evaluate((element) => element.classList.contains("native")), isNative);
			const anchor = await page.locator(name === "tour" ? "#overview" : "#date").boundingBox();
			const ring = await page.locator("ripen-nudge").locator(".ring").boundingBox();
			for (const side of ["x", "y", "width", "height"])
				assert.ok(
					Math.abs(ring[side] - anchor[side]) < 1,
					`${name}: ${side} of the ring, ${ring[side]} for ${anchor[side]}`,
				);
			const box = await card.boundingBox();
			if (name === "tour") assert.ok(box.x >= anchor.x + anchor.width + 8);
			else assert.ok(box.y >= anchor.y + anchor.height + 8);
			// The ring takes no pointer.
			await page.locator(name === "tour" ? "#overview" : "#date").click({ trial: true });
			await close(page);
		}
		await page.close();
	}
});

test("with reduced motion nothing moves; else a card appears, and a hotspot's mark stops within five seconds", async () => {
	const page = await begin();
	const moving = () =>
		page.evaluate(() => {
			const { shadowRoot } = document.querySelector("ripen-nudge");
			return shadowRoot.getAnimations().map(({ effect }) => effect.getComputedTiming().endTime);
		});
	for (const name of ["banner", "modal", "hotspot"]) {
		await show(page, name);
		assert.deepEqual(await moving(), [], name);
		await close(page);
	}
	await page.emulateMedia({ reducedMotion: "no-preference" });
	await page.evaluate(() => {
		document.documentElement.style.setProperty("--ripen-duration", "60s");
	});
	await show(page, "banner");
	assert.deepEqual(await moving(), [60_000]);
	await close(page);
	await show(page, "hotspot");
	const mark = page.locator("ripen-nudge").locator(".hotspot");
	assert.equal(await styleOf(mark, "animationName"), "pulse");
	const seconds = Number.parseFloat(await styleOf(mark, "animationDuration"));
	assert.ok(seconds * Number(await styleOf(mark, "animationIterationCount")) < 5);
});

test("in forced colours what a colour told is told by shape", async () => {
	const page = await begin();
	await page.emulateMedia({ forcedColors: "active" });
	const nudge = page.locator("ripen-nudge");
	await show(page, "banner");
	assert.equal(await styleOf(nudge.locator(".primary"), "borderTopWidth"), "3px");
	assert.equal(await styleOf(nudge.locator(".close"), "borderTopStyle"), "solid");
	await close(page);
	await show(page, "scale");
	await nudge.locator(".scale label").nth(3).click();
	assert.equal(await styleOf(nudge.locator(".scale label span").nth(3), "borderTopWidth"), "3px");
	assert.equal(await styleOf(nudge.locator(".scale label span").nth(4), "borderTopWidth"), "1px");
});

test("every part of every placement is in docs/looks.md, and a page's rule reaches it", async () => {
	const docs = readFileSync(new URL("../../docs/looks.md", import.meta.url), "utf8");
	const told = [...docs.matchAll(/^\| `::part\(([a-z]+)\)`/gm)].map(([, name]) => name);
	const page = await begin();
	await page.evaluate((told) => {
		const sheet = new CSSStyleSheet();
		for (const part of told) sheet.insertRule(`ripen-nudge::part(${part}) { letter-spacing: 3px; }`);
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	}, told);
	const seen = new Set();
	for (const name of Object.keys(gallery)) {
		await show(page, name);
		const look = async () => {
			const parts = await page.evaluate(() =>
				[...document.querySelector("ripen-nudge").shadowRoot.querySelectorAll("[part]")].map((each) => [
					...each.part,
					getComputedStyle(each).letterSpacing,
				]),
			);
			for (const [first, ...rest] of parts) {
				assert.equal(rest.at(-1), "3px", `${name}: ${first}`);
				for (const part of [first, ...rest.slice(0, -1)]) seen.add(part);
			}
		};
		await look();
		if (await open(page, name)) await look();
		if (name === "tour") {
			await page.locator("ripen-nudge").getByRole("button", { name: "Next" }).click();
			await page.locator("ripen-nudge").getByRole("button", { name: "Back" }).waitFor();
			await look();
		}
		await close(page);
	}
	// Where nothing else leaves the browser: tests/browser/actions.test.mjs.
	seen.add("sent");
	assert.deepEqual([...seen].sort(), told.sort());
});

/** Whether the card is whole, and stands beside what it is about: covers none of it, and is next to it. */
const isBeside = (card, selector) =>
	card.evaluate((element, selector) => {
		const of = (
			document.querySelector(selector) ?? element.getRootNode().querySelector(selector)
		).getBoundingClientRect();
		const { left, top, right, bottom } = element.getBoundingClientRect();
		const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
		const gap = Math.max(left - of.right, of.left - right, top - of.bottom, of.top - bottom);
		return isWhole && gap >= 0 && gap <= 20;
	}, selector);

for (const [what, size] of [
	["at 320 by 640 px, where it is as wide as the window", { width: 320, height: 640 }],
	["at 640 by 400 px, where there is room at its side alone", { width: 640, height: 400 }],
])
	for (const direction of ["ltr", "rtl"])
		test(`C37 ${what}, a card stands beside what it is about, not over it, ${direction}`, async () => {
			const page = await begin({ direction });
			await page.setViewportSize(size);
			for (const [name, selector] of [
				["tooltip", "#date"],
				["hotspot", ".hotspot"],
				["tour", "#overview"],
			]) {
				await show(page, name);
				await open(page, name);
				const card = page.locator("ripen-nudge").locator(".card:visible");
				assert.equal(await isBeside(card, selector), true, name);
				await close(page);
			}
		});

test("what the browser says of a field has the direction of its own language, where the field begins", async () => {
	const page = await begin({ direction: "rtl" });
	await show(page, "slide_out");
	await open(page, "slide_out");
	const error = page.locator("ripen-nudge .error:visible").first();
	await error.waitFor();
	const [said, field] = [
		await error.boundingBox(),
		await page.locator("ripen-nudge [part=input]").first().boundingBox(),
	];
	assert.ok(Math.abs(said.x + said.width - (field.x + field.width)) < 1, "at the right, as the field");
	// The full stop of an English sentence is at its right, of an Arabic page too.
	const stop = await error.evaluate((element) => {
		const range = document.createRange();
		const text = element.firstChild;
		const last = text.data.length - 1;
		range.setStart(text, last);
		range.setEnd(text, last + 1);
		const { right } = range.getBoundingClientRect();
		return [text.data[last], Math.abs(right - element.getBoundingClientRect().right) < 1];
	});
	assert.deepEqual(stop, [".", true]);
});
