/** `npm run test:matrix`: the slow tests, over bundlers and browsers: every `*.matrix.mjs` below `tests`. */
import { build } from "./build.mjs";
import { start } from "./command.mjs";
import { filesBelow } from "./inputs.mjs";
import { at } from "./places.mjs";
import { setupMatrix } from "./setup.mjs";
import { task } from "./step.mjs";

const files = filesBelow(at("tests")).filter((file) => file.endsWith(".matrix.mjs"));
await task(async () => {
	if (files.length === 0) {
		console.log("There is no tests/**/*.matrix.mjs yet: npm test runs all the tests there are.");
		return;
	}
	await setupMatrix();
	await build();
	// One file at a time: they share the machine with a browser. Firefox is driven over a WebSocket, which Node 20 hides.
	const flags = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
	const options = globalThis.WebSocket
		? {}
		: { env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --experimental-websocket` } };
	start(process.execPath, [...flags, ...files], options).once("close", (code) => process.exit(code ?? 1));
});
