/** One Rust test of the scratch copy. */
import { run } from "../command.mjs";
import { at } from "../places.mjs";
import { outputOf } from "./patience.mjs";
import { scratch } from "./scratch.mjs";

/** Where a test is → the target that it is part of. */
const TARGETS = [
	[/^src\//, () => ["--package", "ripen", "--lib"]],
	[/^tests\/([^/.]+)/, (name) => ["--package", "ripen", "--test", name]],
	[/^collector\/src\//, () => ["--package", "ripen-collector", "--lib"]],
	[/^collector\/tests\/([^/.]+)/, (name) => ["--package", "ripen-collector", "--test", name]],
];

/** What is built once for each mutant is better built soon than fast: what `profile.dev` has for the laws. */
const QUICK = ["--config", "profile.dev.package.ripen.opt-level=0"];

/** The arguments that choose the target of a test's file. */
export function targetOf(file) {
	const [place, target] = TARGETS.find(([place]) => place.test(file)) ?? [];
	if (!target) throw new Error(`no cargo target has ${file}`);
	return target(place.exec(file)[1]);
}

/** What the result of a test depends on. */
export const inputsOf = (file) => [
	...["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src"],
	file.startsWith("collector/") ? "collector" : "tests",
];

/**
 * Builds the target of the test, and returns what runs it, which says "passed", "failed" or "missing". Throws if it
 * does not compile: a mutant that does not is none. The dependencies are those that the working tree has built.
 */
export async function prepare({ testFile, test }) {
	const env = { CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? at("target") };
	const messages = await run(
		"cargo",
		[
			"test",
			"--quiet",
			"--no-run",
			"--message-format=json-render-diagnostics",
			...QUICK,
			...targetOf(testFile),
		],
		{ cwd: scratch, env },
	);
	const program = messages
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => JSON.parse(line))
		.find(({ executable, profile }) => executable && profile?.test)?.executable;
	if (!program) throw new Error(`cargo built no test of ${testFile}`);
	return async (timeout) => {
		const output = await outputOf(program, [test], { timeout });
		if (output === undefined) return "failed";
		const results = [...output.matchAll(/^test (?:.*::)?(\w+)(?: - .*)? \.\.\. (\w+)$/gm)]
			.filter(([, name]) => name === test)
			.map(([, , result]) => result);
		if (results.includes("FAILED")) return "failed";
		return results.includes("ok") ? "passed" : "missing";
	};
}
