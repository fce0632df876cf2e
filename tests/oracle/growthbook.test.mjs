// The oracle's conditions against GrowthBook's own cases, which are the authority on them.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { condition, plainScheme } from "./conditions.mjs";

const file = new URL("../../../shared/vectors/growthbook/cases.json", import.meta.url);

/** Section 4: the one in which semantics.md differs, for what is absent is not ordered. */
const DIFFERS = "missing attribute with comparison operators";

if (existsSync(file)) {
	const { evalCondition } = JSON.parse(readFileSync(file, "utf8"));
	for (const [name, written, document, wanted, groups] of evalCondition) {
		test(name, () => {
			const given = condition(written, plainScheme(groups))(document);
			assert.equal(given, name === DIFFERS ? !wanted : wanted);
		});
	}
	test("all the cases were there", () => {
		assert.ok(evalCondition.length >= 248);
		assert.ok(evalCondition.some(([name]) => name === DIFFERS));
	});
} else {
	console.error("NOT TESTED: GrowthBook's conditions, for ../shared/vectors/growthbook/cases.json is absent");
	test("GrowthBook's cases", (t) => t.skip("../shared/vectors/growthbook/cases.json is absent"));
}
