import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { treeProblems } from "../../xtask/release/tree.mjs";

const folder = mkdtempSync(join(tmpdir(), "ripen-tree-"));
after(() => rmSync(folder, { recursive: true }));
const git = (...args) =>
	execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: folder });
const write = (name, text) => writeFileSync(join(folder, name), text);

git("init", "--quiet", "--initial-branch=main");
write("one", "1");
git("add", ".");
git("commit", "--quiet", "--no-gpg-sign", "--message=One");

test("main with all of it committed has no problem; whatever stands beside it is named", async () => {
	assert.deepEqual(await treeProblems(folder, "1.0.0"), []);
	write("one", "2");
	write("stray", "");
	assert.deepEqual(await treeProblems(folder, "1.0.0"), ["not committed: one", "not committed: stray"]);
	git("checkout", "--quiet", "one");
	rmSync(join(folder, "stray"));
});

test("another branch, none, and a version that has its tag are problems", async () => {
	git("checkout", "--quiet", "-b", "topic");
	assert.deepEqual(await treeProblems(folder, "1.0.0"), ["this is the branch topic, not main"]);
	git("checkout", "--quiet", "--detach");
	assert.deepEqual(await treeProblems(folder, "1.0.0"), ["this is no branch, not main"]);
	git("checkout", "--quiet", "main");
	git("tag", "v1.0.0");
	assert.deepEqual(await treeProblems(folder, "1.0.0"), ["the tag v1.0.0 exists: this version is released"]);
	assert.deepEqual(await treeProblems(folder, "1.0.1"), []);
});
