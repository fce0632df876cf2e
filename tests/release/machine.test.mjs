import assert from "node:assert/strict";
import { test } from "node:test";
import { root } from "../../xtask/places.mjs";
import { machineProblems } from "../../xtask/release/machine.mjs";
import { changed, files, pathOf } from "./real.mjs";

const keeper = pathOf(/keeper-\w+\.js\.map$/);
const problems = (path, text) =>
	machineProblems(changed({ [path]: Buffer.concat([files.get(path), Buffer.from(text)]) }), [root]);

test("a path of somebody's machine is named, in scripts, maps, types and modules", () => {
	for (const path of ["dist/cli.js", keeper, "dist/types.d.ts", "dist/wasm/ripen_bg.wasm"]) {
		const found = (place) => [`${path} has a path of this machine: ${place}`];
		assert.deepEqual(problems(path, "\0/home/ada/ripen/src/lib.rs\0"), found("/home/ada"));
		assert.deepEqual(problems(path, "at /root/.cargo/registry"), found("/root/.cargo"));
		assert.deepEqual(problems(path, '"C:\\\\Users\\\\ada"'), found("C:\\\\Users"));
		assert.deepEqual(problems(path, "from file:///srv/x.mjs"), found("file:///srv"));
	}
});

test("so is where this repository is, if that is nobody's home", () => {
	assert.match(problems(keeper, `${root}js/src/core.ts`).join(), /has a path of this machine/);
});

test("addresses, and where Rust itself was built, are none", () => {
	assert.deepEqual(problems(keeper, "https://example.com/home/ada /rustc/5980/library/core a/root/b"), []);
});
