/** What packages get wrong in general, by those who know: of the tarball, as it would be published. */
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { run } from "../command.mjs";
import { at } from "../places.mjs";

const manifest = () => JSON.parse(readFileSync(at("js/package.json"), "utf8"));

/** What publint says, even a suggestion. */
export async function publintProblems(tarball) {
	const { buffer } = readFileSync(at(tarball));
	const { messages } = await publint({ pack: { tarball: buffer }, strict: true, level: "suggestion" });
	return messages.map((message) => formatMessage(message, manifest(), { color: false }));
}

/** Whether TypeScript finds the types of every entry, of a module, from Node and by bundlers (arethetypeswrong). */
export async function typesProblems(tarball) {
	const names = Object.keys(manifest().exports);
	/** Files and no modules: WebAssembly, of which each bundler's loader makes something else, and a classic script. */
	const files = names.filter((name) => /\.(wasm|js)$/.test(name));
	const args = [at(tarball), "--profile", "esm-only", "--no-color", "--exclude-entrypoints", ...files];
	let said;
	try {
		said = await run(at("node_modules/.bin/attw"), args);
	} catch (error) {
		return [error.message];
	}
	return names
		.filter((name) => !files.includes(name) && !said.includes(`"${name.replace(".", "ripen")}"`))
		.map((name) => `${name} was not looked at: ${said}`);
}
