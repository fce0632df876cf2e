import assert from "node:assert/strict";
import { test } from "node:test";
import { changelogOf } from "../../xtask/release/changelog.mjs";

const released = "## [1.0.0] - 2026-01-01\n\n### Added\n\n- All.\n";
const of = (unreleased, version = "1.1.0") =>
	changelogOf(`# Changelog\n\n${unreleased}\n\n${released}`, version, "2026-02-03");

test("what is unreleased becomes the version's section, under an empty one", () => {
	const { problems, section, counts } = of(
		"## [Unreleased]\n\n### Added\n\n- One.\n- Two.\n\n### Fixed\n\n- Three.",
	);
	assert.deepEqual(problems, []);
	assert.deepEqual(counts, [
		{ kind: "Added", entries: 2 },
		{ kind: "Fixed", entries: 1 },
	]);
	assert.equal(
		section,
		"## [Unreleased]\n\n## [1.1.0] - 2026-02-03\n\n### Added\n\n- One.\n- Two.\n\n### Fixed\n\n- Three.\n",
	);
});

test("none, an empty one, an empty kind, a misplaced one, and a version that is there are problems", () => {
	assert.deepEqual(of("").problems, ["CHANGELOG.md has no section [Unreleased]"]);
	assert.deepEqual(of("## [Unreleased]").problems, ["[Unreleased] of CHANGELOG.md is empty"]);
	assert.deepEqual(of("## [Unreleased]\n\n### Added\n\n- One.\n\n### Fixed").problems, [
		"Fixed of CHANGELOG.md is empty",
	]);
	assert.deepEqual(of("## [1.0.5]\n\n## [Unreleased]\n\n### Added\n\n- One.").problems, [
		"[Unreleased] is not the first section of CHANGELOG.md",
	]);
	assert.deepEqual(of("## [Unreleased]\n\n### Added\n\n- One.", "1.0.0").problems, [
		"CHANGELOG.md has a section [1.0.0] already",
	]);
});
