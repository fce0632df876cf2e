// What packages get wrong in general, by those who know: `npm run release` checks the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tarball } from "../../xtask/build.mjs";
import { publintProblems, typesProblems } from "../../xtask/release/lint.mjs";

test("publint finds nothing in the tarball, not even a suggestion", async () => {
	assert.deepEqual(await publintProblems(tarball), []);
});

test("C25 TypeScript finds the types of every entry, of a module, from Node and by bundlers (arethetypeswrong)", async () => {
	assert.deepEqual(await typesProblems(tarball), []);
});
