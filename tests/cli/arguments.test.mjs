import assert from "node:assert/strict";
import test from "node:test";
import { folder, ripen, version } from "./ripen.mjs";

const files = folder();

test("--version says the package's version", async () => {
	const { code, out, err } = await ripen(["--version"]);
	assert.deepEqual({ code, out, err }, { code: 0, out: `${version}\n`, err: "" });
});

test("without a command, and with --help, the commands are listed", async () => {
	const bare = await ripen([]);
	assert.equal(bare.code, 0);
	for (const name of ["check", "words", "types", "compile", "replay", "fit"])
		assert.match(bare.out, new RegExp(`^ {2}${name} +\\w`, "m"));
	assert.equal((await ripen(["--help"])).out, bare.out);
});

for (const [command, option] of [
	["check", "--json"],
	["words", "--json"],
	["types", "--events"],
	["compile", "--out"],
	["replay", "--timeline"],
	["fit", "--json"],
]) {
	test(`${command} --help explains it and its ${option}`, async () => {
		const { code, out } = await ripen([command, "--help"]);
		assert.equal(code, 0);
		assert.match(out, new RegExp(`^Usage: ripen ${command} `));
		assert.match(out, new RegExp(`${option}\\b`));
		assert.equal((await ripen(["help", command])).out, out);
	});
}

const mistakes = [
	{ line: ["chekc", "a.json"], says: /unknown command chekc; did you mean check\?/ },
	{
		line: ["snippet", "--src", "/r/", "--write-key", "wk", "--host", "ripen.example.com"],
		says: /--host is an address that begins with "https:\/\/", or with "\/", not "ripen\.example\.com"/,
	},
	{ line: ["zzz"], says: /unknown command zzz \(see ripen --help\)/ },
	{ line: ["--versoin"], says: /unknown option --versoin; did you mean --version\?/ },
	{ line: ["constructor"], says: /unknown command constructor/ },
	{ line: ["check"], says: /which playbook\?/ },
	{ line: ["check", "--jsno", "a.json"], says: /unknown option --jsno; did you mean --json\?/ },
	{ line: ["compile"], says: /one playbook is needed/ },
	{ line: ["types"], says: /one playbook is needed/ },
	{ line: ["types", "p", "-o", "types.ts"], says: /its name ends in \.d\.ts/ },
	{ line: ["compile", "a.json", "b.json"], says: /one playbook is needed/ },
	{ line: ["replay", "--events", "e"], says: /--playbook FILE is needed/ },
	{ line: ["replay", "--playbook", "p"], says: /--events FILE is needed/ },
	{ line: ["replay", "--playbook"], says: /--playbook/ },
	{ line: ["fit"], says: /--events FILE is needed \(see ripen fit --help\)/ },
	{ line: ["fit", "e.ndjson"], says: /what is e\.ndjson\?/ },
	{ line: ["fit", "--events", "e", "--at", "yesterday"], says: /--at yesterday: .*RFC 3339/ },
	{ line: ["replay", "--timelien"], says: /did you mean --timeline\?/ },
	{ line: ["replay", "e.ndjson"], says: /what is e\.ndjson\?/ },
	{ line: ["replay", "--playbook", "-", "--events", "-"], says: /only one of the two/ },
	{
		line: ["replay", "--playbook", "p", "--events", "e", "--at", "2026-02"],
		says: /--at 2026-02: .*RFC 3339/,
	},
	{ line: ["replay", "--playbook", "p", "--events", "e", "--at", "2026-13-01T00:00:00Z"], says: /RFC 3339/ },
];

for (const { line, says } of mistakes) {
	test(`ripen ${line.join(" ")}: refused with the reason, without a stack`, async () => {
		const { code, out, err } = await ripen(line);
		assert.equal(code, 2);
		assert.equal(out, "");
		assert.match(err, /^ripen: error: /);
		assert.match(err, says);
		assert.doesNotMatch(err, /\n {4}at /);
	});
}

test("a file that is not there, a folder, and what is no text are told apart", async () => {
	const missing = await ripen(["check", files.at("missing.json")]);
	assert.equal(missing.code, 2);
	assert.match(missing.err, /missing\.json: there is no such file/);
	const isFolder = await ripen(["check", files.at(".")]);
	assert.equal(isFolder.code, 2);
	assert.match(isFolder.err, /this is a folder/);
	const binary = await ripen(["check", files.put("p.ripen", Uint8Array.of(0xff, 0xfe, 0x00))]);
	assert.equal(binary.code, 2);
	assert.match(binary.err, /not text in UTF-8/);
});
