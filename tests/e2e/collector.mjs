// The real collector, as `npm start` runs it, with a database of its own.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { collector as program } from "../../xtask/build.mjs";
import { run, start } from "../../xtask/command.mjs";
import { at } from "../../xtask/places.mjs";

/** A file for a database, in a folder that goes when the test ends. */
export function newDatabase(t) {
	const folder = mkdtempSync(join(tmpdir(), "ripen-e2e-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, "events.db");
}

/** Starts it with the sample product, or another playbook; resolves when it takes connections. Killed when the test ends. */
export async function startCollector(t, database, port = 0, playbook = `demo=${at("www/playbook.json")}`) {
	const args = [
		...["serve", "--listen", `127.0.0.1:${port}`, "--database", database, "--log", "warn"],
		...["--playbook", playbook, "--www", at("www/dist")],
	];
	const child = start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
	const gone = once(child, "exit");
	/** SIGKILL: it gets no chance to put anything in order. */
	const kill = async () => {
		child.kill("SIGKILL");
		await gone;
	};
	t.after(kill);
	const lines = createInterface({ input: child.stdout });
	const [line] = await Promise.race([once(lines, "line"), gone.then(() => ["it ended at once"])]);
	const origin = /http:\S+/.exec(line)?.[0];
	if (!origin) throw new Error(`the collector did not start: ${line}`);
	return { origin, port: Number(new URL(origin).port), kill };
}

/** The database's events in order of receipt, as `ripen-collector export` has them. */
export async function exported(database) {
	const text = await run(program, ["export", "--database", database]);
	return { text, events: text.split("\n").filter(Boolean).map(JSON.parse) };
}
