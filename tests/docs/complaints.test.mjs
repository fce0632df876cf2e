// tests/complaints.md names tests and mutants that exist, and leaves out no complaint.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { mutated, readMutants } from "../../xtask/mutants/read.mjs";

/** Of issues 4 and 6, and of what is done of 7: these have a test and a mutant each. */
const required = range(1, 44);

function range(first, last) {
	return Array.from({ length: last - first + 1 }, (_, at) => `C${String(first + at).padStart(2, "0")}`);
}

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const rows = new Map(
	read("tests/complaints.md")
		.split("\n")
		.filter((line) => /^\| C\d/.test(line))
		.map((line) => line.slice(2, -2).split(" | "))
		.map(([id, , , tests, mutants, ...more]) => [id, { tests, mutants, more }]),
);
const all = readMutants();
const parts = (cell) => (/^(not yet|— .+)$/.test(cell) ? [] : cell.split("<br>"));

/** The names of the tests in a file, as they are written there. */
function namesIn(file) {
	const pattern = file.endsWith(".rs") ? /\bfn (\w+)\(/g : /\btest\(\s*(?:"([^"]*)"|`([^`]*)`)/g;
	return [...read(file).matchAll(pattern)].map(([, name, template]) => name ?? template);
}
/** The one test that a cell names: `` `file`: name ``, where `…` stands for the rest of the name. */
function testOf(part) {
	const [, file, written] = /^`([^`]+)`: (.+)$/.exec(part) ?? assert.fail(`no \`file\`: name: ${part}`);
	assert.ok(existsSync(new URL(file, root)), `there is no ${file}`);
	const start = written.endsWith("…") ? written.slice(0, -1) : undefined;
	const found = namesIn(file).filter((name) => (start ? name.startsWith(start) : name === written));
	assert.equal(found.length, 1, `${file} has ${found.length} tests, not one: ${written}`);
	return { file, name: found[0] };
}

/** Whether a test is called so; `${…}` stands for anything. */
function isMadeOf(written, name) {
	const texts = written.split(/\$\{[^}]*\}/).map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
	return new RegExp(`^${texts.join(".*")}$`).test(name);
}

test("every complaint from C01 to C44 has a row", () => {
	const ids = Array.from({ length: 44 }, (_, at) => `C${`${at + 1}`.padStart(2, "0")}`);
	assert.deepEqual([...rows.keys()], ids);
	for (const [id, { mutants, more }] of rows) assert.ok(mutants && more.length === 0, `${id}: five cells`);
	assert.ok(required.every((id) => rows.has(id)));
});

for (const [id, { tests, mutants }] of rows) {
	test(`${id} has the tests and mutants that its row names`, () => {
		const named = parts(tests).map(testOf);
		for (const { file, name } of named) {
			const carried = file.endsWith(".rs") ? name.toUpperCase().split("_") : name.match(/\bC\d\d\b/g);
			assert.ok(carried?.includes(id), `${file}: ${name} does not carry the id`);
		}
		const own = all.filter((mutant) => mutant.id === id);
		assert.deepEqual(
			parts(mutants),
			own.length ? [`\`${id}.json\``] : [],
			"the row names the file that is there",
		);
		for (const mutant of own) {
			const { breaks, file, find, replace, testFile } = mutant;
			const from = `${id}.json, "${breaks}"`;
			assert.ok(breaks && find !== replace, `${from} changes something, and says what`);
			assert.doesNotThrow(() => mutated(read(file), mutant), from);
			const known = named.some(({ file, name }) => file === testFile && isMadeOf(name, mutant.test));
			assert.ok(known, `${from}: its test is none of the row's: ${testFile}: ${mutant.test}`);
		}
		if (!required.includes(id)) return;
		assert.notEqual(tests, "not yet", `${id} needs a test`);
		assert.notEqual(mutants, "not yet", `${id} needs a mutant`);
	});
}

test("every mutant is of a row", () => {
	for (const { id } of all) assert.ok(rows.has(id), `${id}.json`);
});
