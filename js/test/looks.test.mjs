import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "./bundle.mjs";

const { palette } = await load("nudge/style/palette.ts");
const here = dirname(fileURLToPath(import.meta.url));
const nudge = join(here, "../src/nudge");
const read = (path) => readFileSync(path, "utf8");
const sources = (folder, ending) =>
	readdirSync(folder, { recursive: true })
		.filter((name) => name.endsWith(ending))
		.map((name) => read(join(folder, name)))
		.join("\n");
const docs = read(join(here, "../../docs/looks.md"));

/** `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa` as parts of one. */
function parse(hex) {
	const digits = hex.slice(1);
	const pairs = digits.length < 6 ? [...digits].map((digit) => digit + digit) : digits.match(/../g);
	const [red, green, blue, alpha = 1] = pairs.map((pair) => Number.parseInt(pair, 16) / 255);
	return { rgb: [red, green, blue], alpha };
}
/** What is seen of a colour that lies over another. */
const over = ({ rgb, alpha }, below) => ({
	rgb: rgb.map((part, at) => part * alpha + below.rgb[at] * (1 - alpha)),
	alpha: 1,
});
/** Relative luminance, and contrast: WCAG 2.2. */
const luminance = ({ rgb }) => {
	const [red, green, blue] = rgb.map((part) =>
		part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
function contrast(one, other) {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

test("contrast is computed as WCAG does", () => {
	assert.equal(contrast(parse("#000"), parse("#fff")), 21);
	assert.equal(contrast(parse("#777"), parse("#fff")).toFixed(2), "4.48");
	assert.deepEqual(over(parse("#ffffff80"), parse("#000000")).rgb[0].toFixed(2), "0.50");
});

for (const [at, scheme] of ["light", "dark"].entries())
	test(`C36 text has a contrast of 4.5 and controls of 3, ${scheme}, under the pointer too`, () => {
		const colours = Object.fromEntries(
			Object.entries(palette).map(([name, both]) => [name, parse(both[at])]),
		);
		const of = (name) => colours[name];
		const hovered = (name) => over(of("hover"), of(name));
		const grounds = [of("background"), hovered("background")];
		const pairs = [
			...["text", "text-soft", "error", "accent"].flatMap((name) =>
				grounds.map((ground) => [name, of(name), ground, 4.5]),
			),
			...[of("accent"), hovered("accent")].map((ground) => ["on-accent", of("on-accent"), ground, 4.5]),
			// Borders of controls, the ring of the focus, what is chosen.
			...["line", "accent", "error"].map((name) => [name, of(name), of("background"), 3]),
		];
		for (const [name, one, other, least] of pairs) {
			const is = contrast(one, other);
			assert.ok(is >= least, `${name}: ${is.toFixed(2)}, below ${least}`);
		}
	});

/** Of `var(--ripen-name, default)`: both; a default may have brackets of its own. */
function* defaults(css) {
	for (const { 0: found, 1: name, index } of css.matchAll(/var\((--ripen-[a-z-]+), /g)) {
		const start = index + found.length;
		let end = start;
		for (let depth = 1; depth > 0; end++) depth += { "(": 1, ")": -1 }[css[end]] ?? 0;
		yield [name, css.slice(start, end - 1)];
	}
}

test("every decision is a token, and docs/looks.md has each, with its default", () => {
	const css = sources(nudge, ".css");
	const used = new Set([...css.matchAll(/--ripen-[a-z-]+/g)].map(([name]) => name));
	for (const name of Object.keys(palette)) used.add(`--ripen-${name}`);
	const told = new Map(
		[...docs.matchAll(/^\| `(--ripen-[a-z-]+)` \| (.*?) \|/gm)].map(([, name, value]) => [name, value]),
	);
	assert.deepEqual([...told.keys()].sort(), [...used].sort());
	for (const [name, [light, dark]] of Object.entries(palette))
		assert.equal(told.get(`--ripen-${name}`), `\`${light}\`, \`${dark}\``, name);
	for (const [name, value] of defaults(css))
		assert.ok(told.get(name).includes(`\`${value}\``), `${name} is ${value}, not ${told.get(name)}`);
});

test("C26 C40 nothing is styled inline but by the object model, and no rule loads anything", () => {
	const all = sources(nudge, ".ts") + sources(nudge, ".css");
	for (const banned of ["innerHTML", "url(", "@import", '"style"', "cssText"])
		if (banned === '"style"') assert.equal(all.split(banned).length - 1, 1, "the one fallback of dress.ts");
		else assert.equal(all.includes(banned), false, banned);
});
