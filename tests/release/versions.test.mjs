import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../xtask/places.mjs";
import { versionProblems } from "../../xtask/release/versions.mjs";

const { version } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
const reading = (path, from, to) => (asked) => {
	const text = readFileSync(at(asked), "utf8");
	if (asked === path) assert.ok(text.includes(from), `${path} has no ${from}`);
	return asked === path ? text.replace(from, to) : text;
};
const problems = (...change) => versionProblems(reading(...change));

test("a place that says another version is named", () => {
	assert.deepEqual(problems("Cargo.toml", `version = "${version}"`, 'version = "9.9.9"'), [
		`Cargo.toml, [workspace.package]: 9.9.9, where js/package.json says ${version}`,
	]);
	const locked = `name = "ripen-collector"\nversion = `;
	assert.deepEqual(problems("Cargo.lock", `${locked}"${version}"`, `${locked}"9.9.9"`), [
		`Cargo.lock, ripen-collector: 9.9.9, where js/package.json says ${version}`,
	]);
	assert.deepEqual(problems("collector/Cargo.toml", "version.workspace = true", 'version = "9.9.9"'), [
		"collector/Cargo.toml: its version is not the workspace's",
	]);
});

test("all are named where js/package.json goes ahead, and what is no version", () => {
	const found = problems("js/package.json", `"version": "${version}"`, '"version": "9.9.9"');
	assert.ok(found.length >= 5, found.join("\n"));
	assert.ok(found.every((line) => line.includes(`${version}, where js/package.json says 9.9.9`)));
	assert.match(problems("js/package.json", version, "soon")[0], /^soon is no version/);
});

test("README's tarball is of this version, where it names one", () => {
	const readme = (asked) =>
		asked === "README.md" ? "take ripen-9.9.9.tgz" : readFileSync(at(asked), "utf8");
	assert.deepEqual(versionProblems(readme), [
		`README.md, the tarball: 9.9.9, where js/package.json says ${version}`,
	]);
});
