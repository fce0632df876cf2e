/** `npm run test:matrix`: the slow tests, over bundlers and browsers: every `*.matrix.mjs` below `tests`. */
import { build } from "./build.mjs";
import { start } from "./command.mjs";
import { filesBelow } from "./inputs.mjs";
import { at } from "./places.mjs";
import { setupTests } from "./setup.mjs";
import { task } from "./step.mjs";

const files = filesBelow(at("tests")).filter((file) => file.endsWith(".matrix.mjs"));
await task(async () => {
	if (files.length === 0) {
		console.log("There is no tests/**/*.matrix.mjs yet: npm test runs all the tests there are.");
		return;
	}
	await setupTests();
	await build();
	start(process.execPath, ["--test", ...files]).once("close", (code) => process.exit(code ?? 1));
});
