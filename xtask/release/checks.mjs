/** All that has to hold of a release and is quick to see: `npm run release` does them all, tests/release too. */
import { readFileSync } from "node:fs";
import { entries, exportsOf } from "../../js/entries.mjs";
import * as lists from "../../js/packed.mjs";
import { at } from "../places.mjs";
import { apiProblems, reportsOf } from "./api.mjs";
import { contentProblems } from "./contents.mjs";
import { command as licences, noticeOf } from "./licences.mjs";
import { machineProblems } from "./machine.mjs";
import { manifestProblems } from "./manifest.mjs";
import { mapProblems } from "./maps.mjs";
import { versionProblems } from "./versions.mjs";

const read = (path) => readFileSync(at(path), "utf8");

/** What is checked of the package as it is built: name → what finds the problems, given what is packed. */
export const checks = {
	"one version": () => versionProblems(read),
	"package.json": (files) =>
		manifestProblems(JSON.parse(read("js/package.json")), {
			files,
			exported: exportsOf(),
			node: JSON.parse(read("package.json")).engines.node,
			license: /^license = "(.*)"$/m.exec(read("Cargo.toml"))[1],
		}),
	"contents of the tarball": (files) => contentProblems(files, lists),
	"source maps": (files) => mapProblems(files, lists.unmapped),
	"no path of this machine": (files) => machineProblems(files),
	"licences of what is inside": async (files) =>
		(await noticeOf(files)) === files.get("THIRD-PARTY.md")?.toString()
			? []
			: [`THIRD-PARTY.md: ${licences}`],
	"the API is what js/api says": async () =>
		apiProblems(await reportsOf(at("js/dist"), entries, at("js/src/warning-texts.ts")), at("js/api")),
};
