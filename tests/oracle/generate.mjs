// A whole case from a seed: playbook, log, and perhaps a time to stop at.
//
// node tests/oracle/generate.mjs SEED FOLDER writes what the differential test uses for that seed, for looking into it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateEvents } from "./generate-events.mjs";
import { generatePlaybook } from "./generate-playbook.mjs";
import { Random } from "./random.mjs";
import { HOUR, readTime, writeTime } from "./time.mjs";

/** `{playbook, events, at}`: an object, the file's bytes, RFC 3339 or undefined. */
export function generate(seed) {
	const random = new Random(seed);
	const playbook = generatePlaybook(random);
	const { lines, start, end } = generateEvents(random);
	const anEvent = () => {
		for (const line of random.shuffled(lines)) {
			const time = /"timestamp":"(2[^"]+)"/.exec(line)?.[1];
			if (readTime(time) !== undefined) return time;
		}
	};
	const at = random.pick([
		() => undefined,
		() => undefined,
		anEvent,
		() => writeTime(start + random.whole(0, (end - start) / HOUR) * HOUR),
		() => writeTime(end + random.whole(0, 40 * 24 * 60) * 60000),
	])();
	return { playbook, events: Buffer.from(`${lines.join("\n")}\n`), at };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const [seed, folder] = process.argv.slice(2);
	const { playbook, events, at } = generate(Number(seed));
	writeFileSync(join(folder, "playbook.json"), `${JSON.stringify(playbook, null, "\t")}\n`);
	writeFileSync(join(folder, "events.ndjson"), events);
	process.stdout.write(`${at === undefined ? "" : `--at ${at}`}\n`);
}
