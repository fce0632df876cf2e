// The oracle itself against the cases that were written by hand: whom it is to judge with, it must satisfy first.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { eventLines, firstDifference } from "./compare.mjs";
import { replay } from "./replay.mjs";
import { beyondScope } from "./scope.mjs";

const cases = JSON.parse(readFileSync(new URL("../vectors/semantics/cases.json", import.meta.url), "utf8"));

for (const each of cases) {
	test(each.name, (t) => {
		const beyond = beyondScope(each.playbook);
		if (beyond.length > 0) return t.skip(`beyond the oracle: ${beyond.join(", ")}`);
		const lines = replay(each.playbook, eventLines(each.events), each.at);
		for (const mode of ["final", "timeline"]) {
			const difference = each[mode] && firstDifference(each[mode], lines[mode]);
			assert.equal(difference, undefined, `${each.why}\n${mode}: ${difference}`);
		}
	});
}
