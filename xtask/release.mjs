/**
 * `npm run release`: a dry run. It builds the package, says all that is in the way of a release, and prints what a person
 * would do. It publishes nothing, writes nothing and tags nothing (docs/releasing.md).
 */
import { readFileSync } from "node:fs";
import { buildPackage, tarball } from "./build.mjs";
import { run } from "./command.mjs";
import { at, root } from "./places.mjs";
import { changelogOf } from "./release/changelog.mjs";
import { packed } from "./release/packed.mjs";
import { treeProblems } from "./release/tree.mjs";
import { setup } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

await task(async () => {
	await setup();
	await buildPackage();
	// Only now: they need what a fresh clone does not have.
	const { checks } = await import("./release/checks.mjs");
	const { publintProblems, typesProblems } = await import("./release/lint.mjs");
	const { version } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
	const changelog = changelogOf(readFileSync(at("CHANGELOG.md"), "utf8"), version, today());
	const files = await packed(at("js"));

	console.log(`\nripen ${version}, a dry run\n`);
	let wrong = 0;
	const tell = (name, problems) => {
		console.log(`${problems.length ? "✗" : "✓"} ${name}`);
		for (const problem of problems) console.log(`    ${problem.replaceAll("\n", "\n      ")}`);
		wrong += problems.length;
	};
	tell("main, and all of it committed", await treeProblems(root, version));
	tell("changelog", changelog.problems);
	for (const [name, problems] of Object.entries(checks)) tell(name, await problems(files));
	tell("publint", await publintProblems(tarball));
	tell("arethetypeswrong", await typesProblems(tarball));
	tell("sizes within their budgets", await sizes());

	const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
	console.log(`\n${tarball}: ${files.size} files, ${(bytes / 1024).toFixed(0)} KB unpacked`);
	for (const [path, { length }] of [...files].sort(([one], [other]) => (one < other ? -1 : 1)))
		console.log(`  ${String(length).padStart(9)}  ${path}`);
	if (wrong > 0) throw new Stop(`${wrong} in the way of a release`, "what stands above at each ✗");
	console.log(wayOut(version, changelog));
});

/** The table goes to the screen as it comes: who releases reads what has grown. */
async function sizes() {
	try {
		await run(process.execPath, ["xtask/size.mjs", "--check-readme"], { live: true });
		return [];
	} catch (error) {
		return [error.message];
	}
}

function today() {
	return new Date().toISOString().slice(0, 10);
}

function wayOut(version, { section, counts }) {
	return `
Nothing was published. What is left to a person:

1. In CHANGELOG.md (${counts.map(({ kind, entries }) => `${kind}: ${entries}`).join(", ")}) the section begins

${section.split("\n").slice(0, 4).join("\n")}

2. npm test && npm run test:matrix
3. npm run size -- --record
4. git commit --all --message "Release ${version}" && git tag --annotate v${version} --message "Ripen ${version}"
5. From a build of that tag, on a machine that can say where it was built (docs/releasing.md, "Provenance"):
   npm publish --provenance ${tarball}`;
}
