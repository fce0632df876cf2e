/** `npm run licences`: compares the notice of what is inside the package with what is; `-- --write` rewrites it. */
import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./places.mjs";
import { command, noticeOf } from "./release/licences.mjs";
import { packed } from "./release/packed.mjs";
import { Stop, task } from "./step.mjs";

await task(async () => {
	const page = at("js/THIRD-PARTY.md");
	const text = await noticeOf(await packed(at("js")));
	if (process.argv.includes("--write")) writeFileSync(page, text);
	if (readFileSync(page, "utf8") !== text)
		throw new Stop("js/THIRD-PARTY.md is not what is inside the package", command);
	console.log("js/THIRD-PARTY.md says what is inside the package");
});
