// `ripen replay` of the sample's playbook, as a product manager runs it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { at } from "../../xtask/places.mjs";

const command = [at("js/dist/cli.js"), "replay", "--playbook", at("www/playbook.json"), "--events", "-"];

/** The lines that it prints for these events (NDJSON). */
export async function replay(events, ...options) {
	const running = promisify(execFile)(process.execPath, [...command, ...options]);
	running.child.stdin.end(events);
	const { stdout, stderr } = await running;
	if (stderr) throw new Error(stderr);
	return stdout.split("\n").filter(Boolean).map(JSON.parse);
}
