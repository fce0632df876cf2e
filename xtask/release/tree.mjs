/** Whether what would be released is what everybody can read: main, with nothing beside it. */
import { run } from "../command.mjs";

/** What is wrong with the repository at `folder`, a line for each. */
export async function treeProblems(folder, version) {
	const git = async (...args) => (await run("git", args, { cwd: folder })).trimEnd();
	const branch = await git("branch", "--show-current");
	const changes = (await git("status", "--porcelain")).split("\n").filter(Boolean);
	const tagged = await git("tag", "--list", `v${version}`);
	return [
		...(branch === "main" ? [] : [`this is ${branch ? `the branch ${branch}` : "no branch"}, not main`]),
		...changes.map((line) => `not committed: ${line.slice(3)}`),
		...(tagged ? [`the tag v${version} exists: this version is released`] : []),
	];
}
