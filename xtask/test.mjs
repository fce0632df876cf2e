/**
 * `npm test`: every suite, to the end even if one fails. `node xtask/test.mjs lint native …` runs only those named.
 * A suite that counts nothing (a lint) is one test: it passed, or it failed.
 */

import { chromium } from "./browsers.mjs";
import { build } from "./build.mjs";
import { countTests, report } from "./results.mjs";
import { setup, setupTests } from "./setup.mjs";
import { Stop, seconds, task } from "./step.mjs";
import { suites } from "./suites.mjs";

const known = [...new Set(suites.map(({ id }) => id))];

await task(async () => {
	const wanted = process.argv.slice(2);
	const wrong = wanted.find((id) => !known.includes(id));
	if (wrong) throw new Stop(`there is no suite ${wrong}`, `one of: ${known.join(", ")}`);
	const chosen = suites.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
	const browser = chosen.some(({ id }) => id === "wasm" || id === "e2e");
	await (browser ? setupTests() : setup());

	const results = [];
	let built = false;
	for (const suite of chosen) {
		if (suite.needs === "build" && !built) {
			heading("Build");
			await build();
			built = true;
		}
		heading(suite.name);
		results.push(await tryOut(suite));
	}
	heading("Results");
	process.stdout.write(report(results));
	process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);
});

function heading(name) {
	process.stdout.write(`\n── ${name} ${"─".repeat(Math.max(0, 70 - name.length))}\n`);
}

async function tryOut({ name, counts, live, work }) {
	const start = performance.now();
	const colours = process.stdout.isTTY ? { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" } : {};
	const env = { ...colours, CHROMIUM: chromium() };
	let output = "";
	let reason;
	try {
		output = (await work({ live: counts || live, env })) ?? "";
	} catch (error) {
		output = error.output ?? "";
		reason = error.message;
		if (!counts && !live) process.stdout.write(output);
		process.stdout.write(`${reason}\n`);
	}
	const counted = counts
		? countTests(output)
		: { passed: reason ? 0 : 1, failed: reason ? 1 : 0, skipped: 0 };
	// It may have failed without a test that did: it did not compile, say.
	if (counted.failed > 0) reason = counts ? undefined : reason;
	else if (reason) counted.failed = 1;
	if (counted.passed + counted.failed === 0) {
		counted.failed = 1;
		reason = "no test ran";
	}
	const time = seconds(start);
	if (!counts) process.stdout.write(`${reason ? "failed" : "passed"} in ${time}\n`);
	return { name, time, reason: reason?.slice(0, 60), ...counted };
}
