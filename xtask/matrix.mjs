/** `npm run test:matrix`: the slow tests, over bundlers and browsers: every `*.matrix.mjs` below `tests`. */
import { start } from "./command.mjs";
import { filesBelow } from "./inputs.mjs";
import { at } from "./places.mjs";

const files = filesBelow(at("tests")).filter((file) => file.endsWith(".matrix.mjs"));
if (files.length === 0)
	console.log("There is no tests/**/*.matrix.mjs yet: npm test runs all the tests there are.");
else start(process.execPath, ["--test", ...files]).once("close", (code) => process.exit(code ?? 1));
