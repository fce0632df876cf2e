/** Whether who debugs a page sees our sources: each script has its map, and each map has its sources inside. */
import { posix } from "node:path";
import { mapOf } from "./contents.mjs";

/** What is wrong, a line for each. `unmapped` names the scripts that need no map. */
export function mapProblems(files, unmapped) {
	const scripts = [...files.keys()].filter((path) => path.endsWith(".js"));
	const problems = [];
	for (const path of scripts) {
		const text = files.get(path).toString();
		const [name] = mapOf(text);
		if (!name) {
			if (!unmapped.includes(path)) problems.push(`${path} names no map`);
			continue;
		}
		const map = files.get(posix.join(posix.dirname(path), name));
		problems.push(...(map ? flaws(map, text) : ["is not packed"]).map((flaw) => `${path}: its map ${flaw}`));
	}
	return problems;
}

function flaws(content, script) {
	let map;
	try {
		map = JSON.parse(content.toString());
	} catch {
		return ["is no JSON"];
	}
	const { sources = [], sourcesContent = [], mappings = "" } = map;
	if (sources.length === 0) return forwards(script) ? [] : ["has no sources"];
	return [
		...(mappings === "" ? ["maps nothing"] : []),
		...sources.filter((_, at) => !sourcesContent[at]).map((source) => `lacks the content of ${source}`),
		...sources.filter((source) => !source.startsWith("../")).map((source) => `names ${source}, not relative`),
	];
}

/** A chunk that only hands on what another one has, which has the map. */
const forwards = (script) =>
	/^((import|export)\b[^;]*;)*$/.test(script.replace(/^\/\/.*$/gm, "").replaceAll(/\s/g, ""));
