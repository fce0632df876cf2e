// What the build makes of the sources: which names it may shorten, and how old a bundler may be that takes it.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { buildFace, faceOptions } from "../build.mjs";
import { inside, shortNames } from "../short-names.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = mkdtempSync(join(tmpdir(), "ripen-build-"));
after(() => rmSync(dist, { recursive: true }));

/** The names that a file declares: of properties, methods and parameters. */
function declared(name) {
	const source = readFileSync(join(here, "../src", name), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
	return [...source.matchAll(/\b([A-Za-z_]\w*)\??(?=[:(<])/g)].map(([, found]) => found);
}

for (const [name, known] of [
	["types.ts", "placement"],
	["module.ts", "words"],
])
	test(`no name that ${name} declares is one that the build shortens`, () => {
		const names = declared(name);
		assert.ok(names.includes(known), "it is read");
		assert.deepEqual(
			names.filter((each) => inside.test(each)),
			[],
		);
	});

for (const [name, type] of [
	["tally.ts", "Stream"],
	["identity.ts", "Ids"],
	["snapshot.ts", "Restored"],
])
	test(`no name of ${type}, which travels or is stored, is one that the build shortens`, () => {
		const source = readFileSync(join(here, "../src", name), "utf8");
		const [, members] = source.match(new RegExp(`interface ${type} \\{([\\s\\S]*?)\n\\}`));
		const names = [...members.matchAll(/^\t(\w+)\??:/gm)].map(([, found]) => found);
		assert.ok(names.length > 2, "it is read");
		assert.deepEqual(
			names.filter((each) => inside.test(each)),
			[],
		);
	});

test("each of the names that the build shortens is some property's, and no two are shortened alike", async () => {
	const { mangleCache } = await build({ ...faceOptions(dist), mangleCache: {}, write: false });
	assert.deepEqual(Object.keys(shortNames).sort(), Object.keys(mangleCache).sort());
	assert.equal(new Set(Object.values(shortNames)).size, Object.keys(shortNames).length);
});

test("every chunk can be compiled for browsers of 2020", async () => {
	await buildFace(dist);
	const chunks = readdirSync(dist).filter((name) => name.endsWith(".js"));
	assert.ok(chunks.some((name) => name.startsWith("debug-")));
	for (const name of chunks)
		for (const target of ["es2020", "chrome87"])
			await transform(readFileSync(join(dist, name), "utf8"), { format: "esm", target, sourcefile: name });
});
