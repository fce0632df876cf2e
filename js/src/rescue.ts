import type { Core } from "./core.js";

const idOf = (json: string) => /"messageId":"([^"]+)/.exec(json)?.[1];

/** The stream is all that is known of events that had no room. */
const lost = (count: number, stream: string) =>
	Array<string>(count).fill(JSON.stringify({ context: { stream } }));

/**
 * What pages that went had left in localStorage: spilled, or in the `store` that they had to do with. Into `unwritten`,
 * but for what the journal has after all (C05); the names are added to those that are `spilled`.
 */
export function rescue(
	{ local, parsed, unwritten, drop }: Core,
	spilled: Set<string>,
	waiting: Iterable<string>,
	store: boolean,
): void {
	const known = new Set([...waiting].map(idOf));
	const found: string[] = [];
	const take = (name: string, events: unknown[]) => {
		spilled.add(name);
		for (const json of events)
			if (typeof json !== "string" || json[0] !== "{") drop("unreadable", [""]);
			else if (!known.has(idOf(json))) found.push(json);
	};
	for (const [stream, text] of local.all("spill:")) {
		const name = `spill:${stream}`;
		if (spilled.has(name)) continue;
		const [first, ...rest] = parsed<unknown[]>(text) ?? [""];
		const isCount = typeof first === "number";
		if (isCount) drop("queue_full", lost(first, stream));
		take(name, isCount ? rest : [first, ...rest]);
	}
	const rows = store ? [...local.all("row:")] : [];
	rows.sort(([one], [other]) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
	// A row that begins with a space was sent.
	for (const [key, json] of rows) take(`row:${key}`, json[0] === " " ? [] : [json]);
	// They are older than what this page load took.
	unwritten.unshift(...found);
}
