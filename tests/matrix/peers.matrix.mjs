// The benchmark beside other SDKs, as small as can be, so that it is still one when somebody wants its figures.
import assert from "node:assert/strict";
import test from "node:test";
import { chromium } from "../../xtask/browsers.mjs";
import { installPeers } from "../../xtask/sdks.mjs";
import { compiled } from "../bench/beside/playbook.mjs";
import { measure } from "../bench/beside/run.mjs";
import { table } from "../bench/beside/table.mjs";

/** Of the rows whose title begins so. */
const cells = (text, name) =>
	text
		.split("\n")
		.filter((line) => new RegExp(`^\\| ${name}`).test(line))
		.flatMap((line) => line.split("|").slice(2, -1))
		.map((cell) => cell.trim());

test("the benchmark beside other SDKs has a figure for everything, and none for who did not deliver", async () => {
	await installPeers();
	const measured = await measure({
		only: ["ripen", "snowplow"],
		rounds: 1,
		sizes: { spaced: 3, burst: 20, stream: 40 },
		playbook: await compiled(),
		executablePath: chromium(),
		patience: 5,
		told: () => {},
	});
	const text = table(measured);
	for (const name of ["\\*\\*Ripen", "Snowplow"]) {
		const figures = cells(text, name);
		assert.equal(figures.length, 13, name);
		assert.equal(
			figures.filter((cell) => /^[\d.,]+/.test(cell)).length,
			figures.length,
			`${name}: ${figures}`,
		);
	}
	for (const name of ["floor: push", "floor: `JSON", "floor: IndexedDB", "floor: `send"])
		assert.match(cells(text, name).join(""), /\d/, name);
	for (const name of ["Ripen", "driver.js", "shepherd.js"])
		assert.ok(
			cells(text, `${name} [\\d.]+`).every((cell) => Number(cell) > 0),
			name,
		);
	assert.ok(text.split("\n").filter((line) => /reached|missed/.test(line)).length >= 12, text);

	// One event of the other's burst did not come.
	measured.trials.snowplow[0].burst.arrived--;
	const without = table(measured);
	assert.ok(cells(without, "Snowplow").includes("–"));
	assert.match(without, /Snowplow delivered 19 of 20 in a burst/);
});
