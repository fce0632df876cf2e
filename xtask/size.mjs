/**
 * `npm run size`: what a page loads, each file as brotli 11 makes it, against the budgets. Fails over budget.
 * `--write-readme` puts the total between README's markers, `--check-readme` fails where another one stands there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "./build.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

/**
 * In bytes, the one place that says so: before wasm is asked for; what a page loads for events, lifecycle and decisions;
 * what it loads to draw nudges; what it loads where the host vouches for who has signed in; what it loads only where something is missing, full or broken. No looser than what is
 * reached, to a tenth of a KB (docs/decisions/0010).
 */
const BUDGET = {
	face: 5 * 1024,
	page: Math.ceil(69.3 * 1024),
	nudges: Math.ceil(3.8 * 1024),
	signed: Math.ceil(1.3 * 1024),
	trouble: Math.ceil(4.4 * 1024),
};

/** The chunks that only a page with nudges asks for. */
const drawsNudges = ({ name }) => /^(draw|elements)-/.test(name);
/** The chunk that only a page asks for whose host vouches for who has signed in. */
const isForSigned = ({ name }) => /^snapshot-/.test(name);
/** The chunks that a page asks for only where a store or an API is missing, or somebody wants to be forgotten. */
const isForTrouble = ({ name }) =>
	/^(forget|indexeddb-rare|localstorage|storage-channel|warning-texts|without-locks)-/.test(name);

const brotli = (path) =>
	brotliCompressSync(readFileSync(path), {
		params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
	}).length;
const sum = (rows) => rows.reduce((total, { size }) => total + size, 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

await task(async () => {
	await setup();
	await build();
	// Only now: it needs esbuild, which a fresh clone does not have.
	const { loadedBy } = await import("./loaded-by.mjs");
	const files = await loadedBy(at("js/dist/index.js"));
	const rows = files.map(({ path, part }) => ({
		name: path.slice(at("js/dist").length + 1),
		part,
		size: brotli(path),
	}));
	const counted = rows.filter(({ part }) => part !== "toolkit");
	const nudges = sum(counted.filter(drawsNudges));
	const trouble = sum(counted.filter(isForTrouble));
	const [face, all] = [sum(rows.filter(({ part }) => part === "face")), sum(counted) - trouble];
	const signed = sum(counted.filter(isForSigned));
	const page = all - nudges - signed;
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

	if (process.argv.includes("--write-readme")) writeReadme(kilobytes(all));
	else if (process.argv.includes("--check-readme")) checkReadme(kilobytes(all));
	const over = [
		face > BUDGET.face,
		page > BUDGET.page,
		nudges > BUDGET.nudges,
		signed > BUDGET.signed,
		trouble > BUDGET.trouble,
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
