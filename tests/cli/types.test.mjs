// `ripen types`: what it writes, and what TypeScript makes of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { folder, playbook, ripen } from "./ripen.mjs";

const files = folder();
const here = fileURLToPath(new URL("../types/", import.meta.url));
const example = join(here, "playbook.json");
const further = { invoice_paid: { amount: "number", plan: ["free", "team"] } };
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** What a project of these files is told by the compiler, as somebody has it who has installed the package. */
async function compiled(name, sources, { skipLibCheck = false } = {}) {
	const root = files.at(name);
	mkdirSync(join(root, "node_modules"), { recursive: true });
	symlinkSync(fileURLToPath(new URL("../../js", import.meta.url)), join(root, "node_modules/ripen"), "dir");
	for (const [file, text] of Object.entries(sources)) files.put(join(name, file), text);
	files.put(join(name, "tsconfig.json"), {
		compilerOptions: {
			strict: true,
			noEmit: true,
			target: "es2022",
			module: "esnext",
			moduleResolution: "bundler",
			lib: ["es2022", "dom"],
			types: [],
			// The generated file is checked as well, where frameworks' own need not be.
			skipLibCheck,
		},
		include: ["."],
	});
	return new Promise((resolve) => execFile(process.execPath, [tsc, "-p", root], (_, out) => resolve(out)));
}
const source = (name) => readFileSync(join(here, name), "utf8");

test("a misspelt event, rung, trigger or trait does not compile; what is right does, and what is not known stays open", async () => {
	const events = files.put("further.json", further);
	const written = await ripen(["types", example, "-o", "-", "--events", events]);
	assert.equal(written.code, 0, written.err);
	const sources = { "known.ts": source("known.ts"), "ripen.d.ts": written.out };
	assert.equal(await compiled("known", sources), "");
});

test("the bindings are as precise", async () => {
	const { out } = await ripen(["types", example, "-o", "-"]);
	const sources = { "bindings.ts": source("bindings.ts"), "ripen.d.ts": out };
	assert.equal(await compiled("bindings", sources, { skipLibCheck: true }), "");
});

test("without it every name compiles", async () => {
	assert.equal(await compiled("open", { "open.ts": source("open.ts") }), "");
});

test("events may be listed by hand beside it", async () => {
	const { out } = await ripen(["types", example, "-o", "-"]);
	assert.equal(await compiled("by-hand", { "by-hand.ts": source("by-hand.ts"), "ripen.d.ts": out }), "");
});

test("names that are no words, or would end a comment, are written such that it compiles", async () => {
	const odd = {
		signals: { 'a "b" \\ */ c': { count: ["two words", "*/ end", "ünï"] }, "1st": { count: "e" } },
		segments: { "sög-ment": { when: { "user.zu vor": { $gte: 1 } } } },
	};
	const { out, err, code } = await ripen(["types", "-", "-o", "-"], { input: JSON.stringify(odd) });
	assert.equal(code, 0, err);
	const uses = `import { identify, track, view } from "ripen";
track("two words"); track("*/ end"); track("ünï");
identify("a", { "zu vor": 3 });
export const n: number | undefined = view()?.signals['a "b" \\\\ */ c'];
export const s = view()?.segments.includes("sög-ment");
// @ts-expect-error there is none
track("end");
`;
	assert.equal(await compiled("odd", { "uses.ts": uses, "ripen.d.ts": out }), "");
});

test("it says what hears an event, writes a file only where it changes, and --check says whether it is as it should be", async () => {
	const out = files.at("ripen.d.ts");
	const first = await ripen(["types", example, "-o", out]);
	assert.equal(first.code, 0, first.err);
	assert.match(first.err, /ripen\.d\.ts: 3 events\n/);
	assert.match(
		readFileSync(out, "utf8"),
		/\/\*\* Heard by `signals\.projects`, `nudges\.hello`, `signals\.of-team`\. \*\/|Heard by `signals\.projects`, `signals\.of-team`, `nudges\.hello`\./,
	);
	const old = new Date(2020, 0, 1);
	utimesSync(out, old, old);
	const again = await ripen(["types", example, "-o", out]);
	assert.match(again.err, /as before/);
	assert.equal(+statSync(out).mtime, +old);
	assert.equal((await ripen(["types", example, "-o", out, "--check"])).code, 0);
	const other = await ripen(["types", files.put("other.json", playbook), "-o", out, "--check"]);
	assert.equal(other.code, 1);
	assert.match(other.err, /out of date: run ripen types/);
});

test("what is wrong is said: a playbook with errors, a file that is no declaration, events that are none", async () => {
	const wrong = await ripen([
		"types",
		files.put("wrong.json", { signals: { n: { cuont: "e" } } }),
		"-o",
		files.at("w.d.ts"),
	]);
	assert.equal(wrong.code, 1);
	assert.match(wrong.err, /wrong\.json:\d+:\d+: error: .*cuont/);
	const script = await ripen(["types", example, "-o", files.at("ripen.ts")]);
	assert.equal(script.code, 2);
	assert.match(script.err, /ends in \.d\.ts/);
	const said = async (events) => {
		const { code, err } = await ripen([
			"types",
			example,
			"-o",
			"-",
			"--events",
			files.put("events.json", events),
		]);
		assert.equal(code, 1, err);
		return err;
	};
	assert.match(await said({ paid: { amount: "nubmer" } }), /paid\.amount is "nubmer".*did you mean "number"/);
	assert.match(await said({ paid: { amount: [] } }), /paid\.amount is \[\]/);
	assert.match(await said(["$page"]), /"\$page" is no name of an event/);
	assert.match(await said("3"), /expected a list of names/);
	assert.match(await said("{"), /this is not JSON/);
	assert.equal(
		(await ripen(["types", example, "-o", "-", "--events", files.put("list.json", ["paid"])])).code,
		0,
	);
});

test("a file that the Vite plugin has written is up to date, and stays its", async () => {
	const out = files.at("of-vite.d.ts");
	const { out: own } = await ripen(["types", example, "-o", "-"]);
	const reference = '/// <reference types="ripen/vite/client" />\n';
	writeFileSync(out, reference + own);
	assert.equal((await ripen(["types", example, "-o", out, "--check"])).code, 0);
	writeFileSync(out, `${reference}// old\n`);
	assert.equal((await ripen(["types", example, "-o", out, "--check"])).code, 1);
	assert.equal((await ripen(["types", example, "-o", out])).code, 0);
	assert.equal(readFileSync(out, "utf8"), reference + own);
});
