/** What a suite's output says of its tests: cargo's and wasm-bindgen's summaries, and those of `node --test`. */
import { stripVTControlCharacters } from "node:util";

/** Adds up every summary in `output`. */
export function countTests(output) {
	const counted = { passed: 0, failed: 0, skipped: 0 };
	const text = stripVTControlCharacters(output);
	for (const [, passed, failed, skipped] of text.matchAll(
		/test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/g,
	)) {
		counted.passed += Number(passed);
		counted.failed += Number(failed);
		counted.skipped += Number(skipped);
	}
	const words = { pass: "passed", fail: "failed", cancelled: "failed", skipped: "skipped", todo: "skipped" };
	for (const [, word, number] of text.matchAll(/^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/gm)) {
		counted[words[word]] += Number(number);
	}
	return counted;
}

/** A table with a line for each suite, and the closing line. */
export function report(results) {
	const rows = results.map(({ name, time, passed, failed, skipped, reason }) => [
		failed ? "✗" : "✓",
		name,
		time,
		`${passed} passed`,
		failed ? `${failed} failed` : "",
		skipped ? `${skipped} skipped` : "",
		reason ?? "",
	]);
	const widths = rows.reduce(
		(widest, row) => widest.map((width, index) => Math.max(width, row[index].length)),
		Array(7).fill(0),
	);
	const line = (row) =>
		row
			.map((cell, index) => cell.padEnd(widths[index]))
			.join("  ")
			.trimEnd();
	const sum = (key) => results.reduce((total, result) => total + result[key], 0);
	return `${rows.map(line).join("\n")}\n\n${sum("passed")} passed, ${sum("failed")} failed\n`;
}
