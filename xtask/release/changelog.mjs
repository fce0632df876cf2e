/** Whether CHANGELOG.md tells what this version brings, and how that becomes the version's section. */

/** The problems, and the section as it would stand: `{ problems, section, counts }`. */
export function changelogOf(text, version, day) {
	const headings = [...text.matchAll(/^## \[([^\]]+)\].*$/gm)];
	const at = headings.findIndex(([, name]) => name === "Unreleased");
	const released = headings.map(([, name]) => name).filter((name) => name !== "Unreleased");
	if (at < 0) return { problems: ["CHANGELOG.md has no section [Unreleased]"], counts: [] };
	const from = headings[at].index + headings[at][0].length;
	const body = text.slice(from, headings[at + 1]?.index).trim();
	const counts = body
		.split(/^### /m)
		.slice(1)
		.map((part) => ({ kind: part.split("\n", 1)[0].trim(), entries: [...part.matchAll(/^- /gm)].length }));
	const problems = [
		...(counts.some(({ entries }) => entries > 0) ? [] : ["[Unreleased] of CHANGELOG.md is empty"]),
		...counts.filter(({ entries }) => entries === 0).map(({ kind }) => `${kind} of CHANGELOG.md is empty`),
		...(at > 0 ? ["[Unreleased] is not the first section of CHANGELOG.md"] : []),
		...(released.includes(version) ? [`CHANGELOG.md has a section [${version}] already`] : []),
	];
	return { problems, counts, section: `## [Unreleased]\n\n## [${version}] - ${day}\n\n${body}\n` };
}
