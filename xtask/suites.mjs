/** The suites of `npm test`: what each runs, and how its results are counted. */
import { relative, sep } from "node:path";
import { run } from "./command.mjs";
import { filesBelow } from "./inputs.mjs";
import { at, root } from "./places.mjs";

const WASM = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features"];
const tool = (name, args, options) => run(at(`node_modules/.bin/${name}`), args, options);
/** No suite takes as long as this: one that does hangs. */
const timeout = 40 * 60 * 1000;

async function formatting(options) {
	await run("cargo", ["fmt", "--all", "--", "--check", "--files-with-diff"], options);
	await tool("biome", ["format", "."], options);
}

async function lints(options) {
	const clippy = (...args) =>
		run("cargo", ["clippy", "--quiet", ...args, "--", "--deny", "warnings"], options);
	await tool("biome", ["lint", "--error-on-warnings", "."], options);
	await clippy("--workspace", "--all-targets");
	await clippy("--package", "ripen", "--lib", ...WASM, "browser");
	await clippy("--package", "ripen", "--lib", ...WASM, "toolkit");
}

async function types(options) {
	for (const project of ["js", "js/src/cli", "js/test/types", "www"])
		await tool("tsc", ["--noEmit", "--project", project], options);
}

const native = (options) => run("cargo", ["test", "--workspace", "--quiet"], options);
const wasm = (options) => run("cargo", ["xtask", "wasm-test"], options);
const size = (options) => run(process.execPath, ["xtask/size.mjs", "--check-readme"], options);

/** Every `*.test.mjs` there is, a suite for each folder, those that need a browser apart. */
function nodeTests(inBrowser) {
	const folders = new Map();
	for (const file of ["js", "tests", "www"].flatMap((folder) => filesBelow(at(folder)))) {
		if (!/\.test\.m?js$/.test(file)) continue;
		const folder = relative(root, file).split(sep).slice(0, 2).join("/");
		folders.set(folder, [...(folders.get(folder) ?? []), file]);
	}
	// So that they are missed if they vanish.
	const expected = inBrowser ? ["tests/browser", "tests/e2e"] : ["js/test", "tests/cli", "tests/oracle"];
	for (const folder of expected) if (!folders.has(folder)) folders.set(folder, []);
	const needsBrowser = (folder) => /^(tests\/(browser|e2e)|www\/)/.test(folder);
	return [...folders]
		.filter(([folder]) => needsBrowser(folder) === Boolean(inBrowser))
		.map(([folder, files]) => ({
			id: inBrowser ? "e2e" : "js",
			name: `${folder}${inBrowser ? ` ${inBrowser}` : ""}`,
			needs: "build",
			counts: true,
			work: (options) => runNode(folder, files, options),
		}));
}

function runNode(folder, files, options) {
	if (files.length === 0) throw new Error(`there is no test in ${folder}`);
	// One file at a time: they share the machine's two cores with a browser and a server, and say how long they took.
	const flags = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
	return run(process.execPath, [...flags, ...files.map((file) => relative(root, file))], {
		...options,
		timeout,
	});
}

/** `needs: "build"`: it tries what `npm run build` made. `work` is given what a suite that shows its output runs by. */
export const suites = [
	{ id: "format", name: "Formatting", work: formatting },
	{ id: "lint", name: "Lints", work: lints },
	{ id: "native", name: "Native tests", counts: true, work: native },
	{ id: "types", name: "Types", needs: "build", work: types },
	...nodeTests(),
	{ id: "wasm", name: "Wasm tests in Chromium", counts: true, work: wasm },
	...nodeTests("in Chromium"),
	{ id: "size", name: "Size", needs: "build", live: true, work: size },
];
