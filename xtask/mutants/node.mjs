/** One JavaScript test of the scratch copy, in Chromium where it needs that. */
import { chromium } from "../browsers.mjs";
import { outputOf } from "./patience.mjs";
import { buildFace } from "./scratch.mjs";

/** What the result of a test depends on. */
export const inputsOf = (file) => [
	...["package-lock.json", "js/build.mjs", "js/style-text.mjs", "js/src", "js/test"],
	...(file.startsWith("tests/browser/") ? ["tests/browser", "js/dist/wasm"] : []),
];

/** Builds the face, and returns what runs the test: see `cargo.mjs`. */
export async function prepare({ testFile, test }) {
	if (!/^(js\/test|tests\/browser)\//.test(testFile)) throw new Error(`nothing here can run ${testFile}`);
	await buildFace();
	const pattern = `^${test.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;
	// Not by `--test`, which would leave Chromium behind where it ends a test that hangs.
	const args = ["--test-reporter=tap", `--test-name-pattern=${pattern}`, testFile];
	return async (timeout) => {
		const output = await outputOf(process.execPath, args, { env: { CHROMIUM: chromium() }, timeout });
		if (output === undefined) return "failed";
		const results = output.split("\n").map((line) => /^\s*(not ok|ok) \d+ - (.*)$/.exec(line) ?? []);
		const name = test.replaceAll("\\", "\\\\").replaceAll("#", "\\#");
		const [, result] = results.find(([, , told]) => told === name) ?? [];
		return { ok: "passed", "not ok": "failed" }[result] ?? "missing";
	};
}
