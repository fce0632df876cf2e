/** One JavaScript test of the scratch copy, in Chromium where it needs that. */
import { run } from "../command.mjs";
import { chromium } from "../setup.mjs";
import { buildFace, scratch } from "./scratch.mjs";

/** What the result of a test depends on. */
export const inputsOf = (file) => [
	...["package-lock.json", "js/build.mjs", "js/src", "js/test"],
	...(file.startsWith("tests/browser/") ? ["tests/browser", "js/dist/wasm"] : []),
];

/** Builds the face, and returns what runs the test: see `cargo.mjs`. */
export async function prepare({ testFile, test }) {
	if (!/^(js\/test|tests\/browser)\//.test(testFile)) throw new Error(`nothing here can run ${testFile}`);
	await buildFace();
	const pattern = `^${test.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;
	const flags = ["--test", "--test-reporter=tap", `--test-name-pattern=${pattern}`];
	return async (timeout) => {
		let output;
		try {
			const env = { CHROMIUM: chromium() };
			output = await run(process.execPath, [...flags, testFile], { cwd: scratch, env, timeout });
		} catch (error) {
			if (!/exit code \d+$/.test(error.message)) return "failed";
			output = error.output;
		}
		const results = output.split("\n").map((line) => /^\s*(not ok|ok) \d+ - (.*)$/.exec(line) ?? []);
		const name = test.replaceAll("\\", "\\\\").replaceAll("#", "\\#");
		const [, result] = results.find(([, , told]) => told === name) ?? [];
		return { ok: "passed", "not ok": "failed" }[result] ?? "missing";
	};
}
