/** `npm run api`: compares what the package declares with the report in js/api; `-- --write` rewrites that. */
import { existsSync } from "node:fs";
import { entries } from "../js/entries.mjs";
import { buildPackage, buildScripts } from "./build.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

await task(async () => {
	await setup();
	await (existsSync(at("js/dist/wasm/ripen_bg.wasm")) ? buildScripts() : buildPackage());
	// Only now: it needs esbuild, which a fresh clone does not have.
	const { apiProblems, reportsOf, writeReports } = await import("./release/api.mjs");
	const pages = await reportsOf(at("js/dist"), entries, at("js/src/warning-texts.ts"));
	if (process.argv.includes("--write")) writeReports(pages, at("js/api"));
	const problems = apiProblems(pages, at("js/api"));
	if (problems.length > 0) throw new Stop(problems.slice(0, -1).join("\n"), problems.at(-1));
	console.log(`js/api says what the package declares, on ${pages.size} pages`);
});
