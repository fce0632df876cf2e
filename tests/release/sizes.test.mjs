import assert from "node:assert/strict";
import { test } from "node:test";
import { since } from "../../xtask/release/sizes.mjs";

const last = { day: "2026-01-01", version: "1.0.0", bytes: { "keeper.js": 100, "draw.js": 50, "old.js": 7 } };

test("what has grown, shrunk, come and gone since is told, largest first, whatever a chunk hashes to", () => {
	const now = [
		{ name: "keeper-AAAAAAAA.js", size: 110 },
		{ name: "draw-BBBBBBBB.js", size: 48 },
		{ name: "react.js", size: 20 },
	];
	assert.deepEqual(
		since(last, now)
			.split("\n")
			.map((line) => line.trim().replaceAll(/ +/g, " ")),
		["since 2026-01-01 (1.0.0) +21", "react.js +20 new", "keeper.js +10", "draw.js -2", "old.js -7 gone"],
	);
});

test("the same sizes differ in nothing, and without a record there is nothing to compare", () => {
	const same = Object.entries(last.bytes).map(([name, size]) => ({ name, size }));
	assert.match(since(last, same), /^since 2026-01-01 \(1\.0\.0\) +0$/);
	assert.match(since(undefined, same), /no sizes are recorded/);
});
