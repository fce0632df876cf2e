import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { folder, playbook, ripen } from "./ripen.mjs";

const files = folder();
const text = JSON.stringify(playbook);

test("compile writes beside the playbook and says where", async () => {
	const { code, out, err } = await ripen(["compile", files.put("plan.json", text)]);
	assert.equal(code, 0, err);
	assert.equal(out, "");
	const compiled = readFileSync(files.at("plan.ripen"));
	assert.match(err, new RegExp(`plan\\.ripen: ${compiled.length} bytes`));
	assert.ok(compiled.length > 0);
});

test("a playbook that is used is smaller when it is compiled", async () => {
	const sample = readFileSync(new URL("../../www/playbook.json", import.meta.url), "utf8");
	const { bytes } = await ripen(["compile", "-"], { input: sample });
	assert.ok(bytes.length > 0 && bytes.length < JSON.stringify(JSON.parse(sample)).length);
});

test("-o names the file, -o - is standard output, and all give the same bytes", async () => {
	const path = files.put("same.json", text);
	const named = await ripen(["compile", path, "-o", files.at("elsewhere.bin")]);
	assert.equal(named.code, 0, named.err);
	const piped = await ripen(["compile", path, "-o", "-"]);
	const through = await ripen(["compile", "-"], { input: text });
	assert.ok(piped.bytes.length > 0);
	assert.deepEqual(piped.bytes, readFileSync(files.at("elsewhere.bin")));
	assert.deepEqual(through.bytes, piped.bytes);
});

test("white space does not change the bytes", async () => {
	const spaced = await ripen(["compile", "-"], { input: JSON.stringify(playbook, null, 4) });
	const dense = await ripen(["compile", "-"], { input: text });
	assert.deepEqual(spaced.bytes, dense.bytes);
});

test("a playbook with errors is not compiled: the mistakes on standard error, no file", async () => {
	const path = files.put("wrong.json", text.replace("signals.tasks", "signals.taks"));
	const { code, out, err } = await ripen(["compile", path]);
	assert.equal(code, 1);
	assert.equal(out, "");
	assert.match(err, /wrong\.json:1:\d+: error: .*taks/);
	assert.equal(existsSync(files.at("wrong.ripen")), false);
});

test("a place that cannot be written to is named", async () => {
	const out = files.at("no/such/folder/x.ripen");
	const { code, err } = await ripen(["compile", files.put("fine.json", text), "-o", out]);
	assert.equal(code, 2);
	assert.match(err, /x\.ripen cannot be written/);
});
