// All that was recorded, through the door of a collector that is killed: cargo's own tests, on all of the data.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";

test("c05 c06 the collector folds all recorded usage as replay and browsers do", () => {
	const words = "test --quiet --package ripen-collector --test all fold::door -- --nocapture";
	const done = spawnSync("cargo", words.split(" "), {
		encoding: "utf8",
		env: { ...process.env, FOLD_ALL: "1" },
	});
	assert.equal(done.status, 0, done.stdout + done.stderr);
	const skipped = /^.*SKIPPED: .*$/m.exec(done.stdout);
	if (skipped) {
		console.log(skipped[0]);
	}
});
