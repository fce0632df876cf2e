/**
 * `npm run size`: what a page loads, each file as brotli 11 makes it, against the budgets. Fails over budget.
 * `--write-readme` puts the total between README's markers, `--check-readme` fails where another one stands there.
 * It says what has changed since sizes were recorded; `--record` does that anew. `--parts` says where the bytes are inside
 * the page's module.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { builtName, entries } from "../js/entries.mjs";
import { buildPackage } from "./build.mjs";
import { at } from "./places.mjs";
import { recorded, since, write } from "./release/sizes.mjs";
import { setup } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

/**
 * In bytes, the one place that says so: before wasm is asked for; what a page loads for events, lifecycle and decisions;
 * what it loads to draw nudges; what it loads where the host vouches for who has signed in; what it loads only where something is missing, full or broken, or where somebody looks into a playbook. No looser than what is
 * reached, to a tenth of a KB (docs/decisions/0010).
 */
const BUDGET = {
	face: 5 * 1024,
	page: 68 * 1024,
	nudges: 12 * 1024,
	signed: Math.ceil(1.7 * 1024),
	trouble: 5 * 1024,
	debug: Math.ceil(3.0 * 1024),
};

const compressed = (bytes) =>
	brotliCompressSync(bytes, {
		params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
	}).length;
const brotli = (path) => compressed(readFileSync(path));
const sum = (rows) => rows.reduce((total, { size }) => total + size, 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

await task(async () => {
	await setup();
	await buildPackage();
	// Only now: it needs esbuild, which a fresh clone does not have.
	const { loadedBy } = await import("./loaded-by.mjs");
	const files = await loadedBy(at("js/dist/index.js"));
	const rows = files.map(({ path, part }) => ({
		name: path.slice(at("js/dist").length + 1),
		part,
		size: brotli(path),
	}));
	const of = (...parts) => sum(rows.filter(({ part }) => parts.includes(part)));
	const [face, nudges, signed, trouble, debug] = ["face", "nudges", "signed", "trouble", "debug"].map(
		(part) => of(part),
	);
	const page = of("face", "later");
	const all = page + nudges + signed;
	const line = (name, size, note = "") =>
		console.log(`${name.padEnd(34)} ${String(size).padStart(7)}  ${note}`.trimEnd());
	console.log("bytes after brotli 11");
	for (const { name, part, size } of rows)
		line(`  ${name}`, size, part === "toolkit" ? "toolkit, not counted" : part);
	line("before wasm is asked for", face, verdict(face, BUDGET.face));
	line("events, lifecycle, decisions", page, verdict(page, BUDGET.page));
	line("drawing nudges", nudges, verdict(nudges, BUDGET.nudges));
	line("what other devices know", signed, verdict(signed, BUDGET.signed));
	line("in all, JavaScript and wasm", all);
	line("besides, in trouble", trouble, verdict(trouble, BUDGET.trouble));
	line("besides, to look into a playbook", debug, verdict(debug, BUDGET.debug));

	const besides = entries
		.filter(({ kind }) => kind === "alone")
		.map((entry) => `${builtName(entry)}.js`)
		.map((name) => ({ name, size: brotli(at(`js/dist/${name}`)) }));
	for (const { name, size } of besides) line(`  ${name}`, size, "for who imports it");
	const now = [...rows, ...besides];
	console.log(since(recorded(), now));
	if (process.argv.includes("--record")) write(now);

	if (process.argv.includes("--parts")) {
		const { printParts } = await import("./parts.mjs");
		printParts(compressed);
	}
	if (process.argv.includes("--write-readme")) writeReadme(kilobytes(all));
	else if (process.argv.includes("--check-readme")) checkReadme(kilobytes(all));
	const over = [
		face > BUDGET.face,
		page > BUDGET.page,
		nudges > BUDGET.nudges,
		signed > BUDGET.signed,
		trouble > BUDGET.trouble,
		debug > BUDGET.debug,
	];
	if (over.includes(true)) {
		throw new Stop("over budget", "find what grew, by the table above; the budget is a promise in README");
	}
});

function verdict(size, budget) {
	return size > budget ? `OVER by ${size - budget} of ${kilobytes(budget)}` : `of ${kilobytes(budget)}`;
}

function readme() {
	const text = readFileSync(at("README.md"), "utf8");
	const found = /<!-- size -->(.*?)<!-- \/size -->/s.exec(text);
	if (!found)
		throw new Stop("README.md has no <!-- size -->…<!-- /size -->", "put the markers where the size is told");
	return { text, found };
}

function writeReadme(size) {
	const { text, found } = readme();
	writeFileSync(at("README.md"), text.replace(found[0], `<!-- size -->${size}<!-- /size -->`));
}

function checkReadme(size) {
	const { found } = readme();
	if (found[1].trim() !== size) {
		throw new Stop(`README.md says ${found[1].trim()}, it is ${size}`, "npm run size -- --write-readme");
	}
}
