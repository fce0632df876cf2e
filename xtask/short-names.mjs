/**
 * `npm run short-names`: looks for short names of properties that compress better, by exchanging two of them again and
 * again, and writes the best. `-- N`: so many tries.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { run } from "./command.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { task } from "./step.mjs";

const path = "js/short-names.mjs";
/** What has a budget, and none to spare, counts more: the same everywhere else is worth one byte. */
const weights = { slim: 2, draw: 2, keeper: 1, engine: 1 };

await task(async () => {
	await setup();
	const tries = Number(process.argv[2] ?? 500);
	const { build } = await import("esbuild");
	const { faceOptions } = await import("../js/build.mjs");
	const { shortNames } = await import("../js/short-names.mjs");
	const cost = async (mangleCache) => {
		const options = { ...faceOptions(at("js/dist")), write: false };
		const { outputFiles } = await build({ ...options, mangleCache });
		const of = (chunk) => outputFiles.find(({ path }) => new RegExp(`${chunk}[-\\w]*\\.js$`).test(path));
		const sizes = Object.entries(weights).map(
			([chunk, weight]) => weight * brotliCompressSync(of(chunk).contents).length,
		);
		return sizes.reduce((sum, size) => sum + size);
	};
	const names = Object.keys(shortNames);
	let best = { ...shortNames };
	let least = await cost(best);
	const before = least;
	for (let i = 0; i < tries; i++) {
		const [one, other] = [names, names].map((list) => list[Math.floor(Math.random() * list.length)]);
		const next = { ...best, [one]: best[other], [other]: best[one] };
		const found = await cost(next);
		if (found > least) continue;
		if (found < least) console.log(`${i}: ${found - before}`);
		[best, least] = [next, found];
	}
	const text = readFileSync(at(path), "utf8");
	const list = names.map((name) => `\t${name}: "${best[name]}",\n`).join("");
	writeFileSync(at(path), text.replace(/(shortNames = \{\n)[^}]*/, `$1${list}`));
	await run(at("node_modules/.bin/biome"), ["format", "--write", at(path)]);
});
