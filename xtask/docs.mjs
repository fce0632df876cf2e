/** `npm run docs`: writes docs/api.md from what the package declares, and all of the documentation as one text. */
import { existsSync, writeFileSync } from "node:fs";
import { entries } from "../js/entries.mjs";
import { build, writeBundle } from "./build.mjs";
import { run } from "./command.mjs";
import { apiPage } from "./docs/api.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { task } from "./step.mjs";

await task(async () => {
	await setup();
	// The declarations need no Rust once the modules are there.
	if (existsSync(at("js/dist/wasm/ripen_bg.wasm"))) await run(process.execPath, ["js/build.mjs"]);
	else await build();
	writeFileSync(at("docs/api.md"), apiPage(at("js/dist"), entries));
	writeBundle();
});
