// node tests/oracle/run.mjs --playbook F --events F.ndjson[.gz] [--at T] [--timeline]: the oracle's lines.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { replay } from "./replay.mjs";
import { beyondScope } from "./scope.mjs";
import { readTime } from "./time.mjs";

const { values } = parseArgs({
	options: {
		playbook: { type: "string" },
		events: { type: "string" },
		at: { type: "string" },
		timeline: { type: "boolean", default: false },
	},
});

function fail(message) {
	process.stderr.write(`${message}\n`);
	process.exit(1);
}

if (values.playbook === undefined || values.events === undefined) fail("--playbook and --events are needed");
if (values.at !== undefined && readTime(values.at) === undefined)
	fail(`--at: not an RFC 3339 time: ${values.at}`);
const playbook = JSON.parse(readFileSync(values.playbook, "utf8"));
const beyond = beyondScope(playbook);
if (beyond.length > 0) fail(`beyond the oracle: ${beyond.join(", ")}`);
const bytes = readFileSync(values.events);
const lines = replay(playbook, values.events.endsWith(".gz") ? gunzipSync(bytes) : bytes, values.at);
for (const line of values.timeline ? lines.timeline : lines.final)
	process.stdout.write(`${JSON.stringify(line)}\n`);
