// The package as it stands could be released, as far as that is quick to see: `npm run release` checks the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../xtask/places.mjs";
import { changelogOf } from "../../xtask/release/changelog.mjs";
import { checks } from "../../xtask/release/checks.mjs";
import { files } from "./real.mjs";

for (const [name, problems] of Object.entries(checks))
	test(`of the package as it is built: ${name}`, async () => {
		assert.deepEqual(await problems(files), []);
	});

test("the changelog as it stands would do", () => {
	const { problems, counts } = changelogOf(readFileSync(at("CHANGELOG.md"), "utf8"), "99.0.0", "2026-11-23");
	assert.deepEqual(problems, []);
	assert.ok(counts.length > 0);
});
