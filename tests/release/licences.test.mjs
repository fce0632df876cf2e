import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { packagesInside } from "../../xtask/release/inside.mjs";
import { chosen, notice } from "../../xtask/release/licences.mjs";
import { changed, files } from "./real.mjs";

const folder = mkdtempSync(join(tmpdir(), "ripen-licences-"));
after(() => rmSync(folder, { recursive: true }));
const MIT = "Permission is hereby granted, free of charge, to any person";
writeFileSync(join(folder, "LICENSE-MIT"), `${MIT}\n`);
writeFileSync(join(folder, "LICENSE-APACHE"), "Apache License\n");
writeFileSync(join(folder, "LICENSE-UNICODE"), "UNICODE LICENSE V3\n");
const of = (license) => ({ name: "tiny", version: "1.0.0", license, folder, parts: ["ripen_bg.wasm"] });
const ids = (license) => chosen(of(license)).map(({ id }) => id);

test("of what is offered one is chosen, of what is asked all, each with its text", () => {
	assert.deepEqual(chosen(of("Apache-2.0 OR MIT")), [{ id: "MIT", text: MIT }]);
	assert.deepEqual(ids("MIT/Apache-2.0"), ["MIT"]);
	assert.deepEqual(ids("Apache-2.0"), ["Apache-2.0"]);
	assert.deepEqual(ids("(MIT OR Apache-2.0) AND Unicode-3.0"), ["MIT", "Unicode-3.0"]);
});

test("a licence that nobody has agreed to, none, and one without its text are refused by name", () => {
	assert.throws(() => ids("GPL-3.0"), /tiny is under GPL-3\.0: may it be in the package\?/);
	assert.throws(() => ids("MIT AND GPL-3.0"), /tiny is under MIT AND GPL-3\.0/);
	assert.throws(() => ids(null), /tiny names no licence/);
	assert.throws(() => ids("Zlib"), /tiny has no text of Zlib/);
});

test("the notice names each with its version, licence and place, and each text once", () => {
	const text = notice([of("MIT"), { ...of("MIT"), name: "small", parts: ["a", "b"] }], "1.95.0");
	assert.match(
		text,
		/^\| small \| 1\.0\.0 \| MIT \| a, b \|\n\| tiny \| 1\.0\.0 \| MIT \| ripen_bg\.wasm \|$/m,
	);
	assert.match(text, /^## MIT: small 1\.0\.0, tiny 1\.0\.0$/m);
	assert.equal(text.split(MIT).length, 2);
});

test("npm packages in a bundle are found, by a map or by a comment, and no mere mention is one", () => {
	mkdirSync(join(folder, "modules/@big/lib"), { recursive: true });
	writeFileSync(join(folder, "modules/@big/lib/package.json"), '{"version":"2.0.0","license":"MIT"}');
	const inside = (changes) => packagesInside(changed(changes), join(folder, "modules"));
	assert.deepEqual(inside({}), []);
	const map = JSON.stringify({ sources: ["../src/a.ts", "../../node_modules/@big/lib/index.js"] });
	const cli = `${files.get("dist/cli.js")}\n// node_modules/@big/lib/index.js\n`;
	const [found, ...more] = inside({ "dist/slim.js.map": map, "dist/cli.js": cli });
	assert.deepEqual(more, []);
	assert.deepEqual(
		[found.name, found.version, found.parts.sort()],
		[...["@big/lib", "2.0.0", ["dist/cli.js", "dist/slim.js"]]],
	);
	assert.deepEqual(inside({ "dist/cli.js": '"./node_modules/ripen/dist/playbook.schema.json"' }), []);
});
