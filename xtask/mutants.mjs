/**
 * `npm run test:mutants`: takes each protection of `tests/complaints.md` away, one at a time, in a copy of the sources,
 * and expects the test that is named for it to fail: a test that cannot fail protects nothing.
 * `npm run test:mutants C05 C07` tries those alone. Without ids, what was caught before is not tried again until one of
 * the sources that it depends on changes.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { hashOf } from "./inputs.mjs";
import * as cargo from "./mutants/cargo.mjs";
import * as node from "./mutants/node.mjs";
import { readMutants } from "./mutants/read.mjs";
import { freshScratch, withMutant } from "./mutants/scratch.mjs";
import { at } from "./places.mjs";
import { setup, setupTests } from "./setup.mjs";
import { Stop, seconds, task } from "./step.mjs";

/** How long a test may take, in ms; with a mutant in it ten times as long as it took without, at least this. */
const PATIENCE = { sound: 180_000, mutated: 20_000 };
const memory = at("target/mutants/caught.json");
/** Holds the process's id. */
const running = at("target/mutants/running");

const runner = ({ testFile }) => (testFile.endsWith(".rs") ? cargo : node);
const nameOf = ({ testFile, test }) => `${testFile}: ${test}`;

await task(async () => {
	const wanted = process.argv.slice(2);
	const all = readMutants();
	const unknown = wanted.find((id) => !all.some((mutant) => mutant.id === id));
	if (unknown) {
		const ids = [...new Set(all.map(({ id }) => id))].join(", ");
		throw new Stop(`there is no mutant of ${unknown}`, `one of: ${ids}; docs: tests/complaints.md`);
	}
	const chosen = all.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
	const inBrowser = chosen.some(({ testFile }) => testFile.startsWith("tests/browser/"));
	await (inBrowser ? setupTests() : setup());
	if (inBrowser && !existsSync(at("js/dist/wasm/ripen_bg.wasm")))
		throw new Stop("the WebAssembly modules are not built", "npm run build");

	const caught = new Set(existsSync(memory) ? JSON.parse(readFileSync(memory, "utf8")) : []);
	const keyOf = keys();
	const fresh = chosen.filter((mutant) => wanted.length > 0 || !caught.has(keyOf(mutant)));
	const old = chosen.filter((mutant) => !fresh.includes(mutant));
	if (old.length > 0)
		console.log(`${old.length} of ${chosen.length} were caught before, and nothing changed`);
	requireAlone();
	await freshScratch();

	// Tests of one program one after another, so that little is built anew.
	fresh.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
	const sound = new Map();
	for (const mutant of fresh) {
		if (sound.has(nameOf(mutant))) continue;
		await tell(`without a mutant: ${nameOf(mutant)}`, async () => {
			const tried = await attempt(mutant, PATIENCE.sound);
			sound.set(nameOf(mutant), tried);
			return tried.verdict;
		});
	}
	const rows = old.map((mutant) => ({ mutant, verdict: "caught before" }));
	for (const mutant of fresh) {
		const verdict = await tell(`${mutant.id}: ${mutant.breaks}`, () =>
			judge(mutant, sound.get(nameOf(mutant))),
		);
		rows.push({ mutant, verdict });
		if (verdict !== "caught") continue;
		caught.add(keyOf(mutant));
		mkdirSync(dirname(memory), { recursive: true });
		writeFileSync(memory, JSON.stringify([...caught]));
	}
	report(rows);
});

/** Two at a time would try each other's mutants. */
function requireAlone() {
	const pid = existsSync(running) ? Number(readFileSync(running, "utf8")) : 0;
	try {
		if (pid) process.kill(pid, 0);
		else throw pid;
	} catch {
		mkdirSync(dirname(running), { recursive: true });
		writeFileSync(running, `${process.pid}`);
		process.once("exit", () => rmSync(running, { force: true }));
		return;
	}
	throw new Stop(`another npm run test:mutants is at work: process ${pid}`, "wait for it");
}

/** What becomes of a mutant, given what its test says without it. */
async function judge(mutant, { verdict: without, ms }) {
	if (without !== "passed") return `its test without it: ${without}`;
	const patience = Math.max(PATIENCE.mutated, Math.ceil(10 * ms));
	try {
		const { verdict } = await withMutant(mutant, () => attempt(mutant, patience));
		return { failed: "caught", passed: "SURVIVED" }[verdict] ?? verdict;
	} catch (error) {
		return `does not apply: ${error.message}`;
	}
}

/** What the test says, and how long that took; where it cannot even be built, why. */
async function attempt(mutant, timeout) {
	let test;
	try {
		test = await runner(mutant).prepare(mutant);
	} catch (error) {
		if (error.output) console.log(`\n${error.output.slice(-4_000)}`);
		return { verdict: `does not build: ${error.message}` };
	}
	const start = performance.now();
	const verdict = await test(timeout);
	return { verdict, ms: performance.now() - start };
}

async function tell(what, work) {
	process.stdout.write(`${what} … `);
	const start = performance.now();
	const verdict = await work();
	console.log(`${verdict}, ${seconds(start)}`);
	return verdict;
}

/** Stands for a mutant and all that its verdict depends on. */
function keys() {
	const hashes = new Map();
	return (mutant) => {
		const inputs = ["xtask/mutants", ...runner(mutant).inputsOf(mutant.testFile)];
		const place = inputs.join();
		if (!hashes.has(place)) hashes.set(place, hashOf(inputs));
		return createHash("sha256").update(hashes.get(place)).update(JSON.stringify(mutant)).digest("hex");
	};
}

function report(rows) {
	rows.sort((one, other) => one.mutant.id.localeCompare(other.mutant.id));
	console.log(`\n${"id".padEnd(5)}${"verdict".padEnd(15)}what it breaks`);
	for (const { mutant, verdict } of rows)
		console.log(`${mutant.id.padEnd(5)}${verdict.padEnd(15)}${mutant.breaks}`);
	const escaped = rows.filter(({ verdict }) => !verdict.startsWith("caught"));
	console.log(`\n${rows.length - escaped.length} of ${rows.length} mutants are caught`);
	if (escaped.length === 0) return;
	for (const { mutant, verdict } of escaped)
		console.error(`error: ${mutant.id}: ${verdict}\n  ${mutant.file}: ${mutant.breaks}\n  ${nameOf(mutant)}`);
	process.exit(1);
}
