/**
 * What the tarball holds, the one place that says so: what is expected and missing, and what is there and neither expected
 * nor allowed, fails `npm run release` and tests/release, by name.
 */
import { builtName, entries, exportsOf } from "./entries.mjs";

const paths = (at) => (typeof at === "string" ? [at] : Object.values(at));
const exported = Object.values(exportsOf()).flatMap((at) => paths(at).map((path) => path.slice(2)));
const ofKind = (...kinds) =>
	entries.filter(({ kind }) => kinds.includes(kind)).map((entry) => `dist/${builtName(entry)}.js`);
const inDevelopment = entries.flatMap(({ development }) =>
	development ? `dist/${development.replace(/ts$/, "js")}` : [],
);
const mapped = [...ofKind("face", "alone"), ...inDevelopment];

/** JavaScript that has no map, since it is not minified, or not from TypeScript; by name, each for a reason. */
export const unmapped = [
	// What is exported besides: doors, which are a few lines each, and all of them before the first event; what runs where
	// an application is built, and is not minified; the stub, which stands in the page itself.
	...exported.filter((path) => path.endsWith(".js") && !mapped.includes(path)),
	// Not minified.
	"dist/cli.js",
	// A text: the module as base64.
	"dist/inlined.js",
	// wasm-bindgen's.
	"dist/wasm/ripen.js",
	"dist/wasm/toolkit.js",
];

/** Each of these is packed. */
export const expected = [
	...["package.json", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md", "llms-full.txt"],
	...new Set([...exported, ...unmapped]),
	...mapped.map((path) => `${path}.map`),
];

/** Besides, what is named like one of these, if something that is exported leads to it. */
export const allowed = [
	// A chunk, by its content.
	/^dist\/[a-z-]+-[A-Z0-9]{8}\.js(\.map)?$/,
	// What an entry's declarations name.
	/^dist\/([a-z-]+\/)*[a-z-]+\.d\.ts$/,
];

/** Where what is packed is entered: all the rest is named by one of these, or by what they name. */
export const ways = [...exported, "dist/cli.js"];
