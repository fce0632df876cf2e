import type { Core } from "./core.js";
import type { Journal } from "./journal.js";
import { valuesOf } from "./values.js";

const idOf = (json: string) => /"messageId":"([^"]+)/.exec(json)?.[1];

/** The stream is all that is known of events that had no room. */
const lost = (count: number, stream: string) =>
	Array<string>(count).fill(JSON.stringify({ context: { stream } }));

type Release = () => void;

/** Calls `take` if the tabs that have this lock are gone, and no other is taking it over. */
const inherit = (name: string, take: (release: Release) => void): Promise<void> =>
	new Promise((done) => {
		navigator.locks
			.request(name, { ifAvailable: true }, (lock) => {
				const taken = lock && new Promise<void>(take);
				done();
				return taken;
			})
			.catch(done);
	});

/**
 * What pages that are gone had left in localStorage: spilled, or in the store that they had to do with. Into
 * `unwritten`, but for what the journal has after all, or had (C05). What living ones left they write themselves. The
 * names are added to those that are `spilled`, with what is to be called once they are erased.
 */
export async function rescue(core: Core, journal: Journal, spilled: Map<string, Release>): Promise<void> {
	const { local, name, parsed, stream, unwritten, drop, warn } = core;
	const left = () => [...valuesOf(local, "spill:").keys()].filter((each) => each !== stream);
	const rows = () => (journal.store === "indexeddb" ? [...valuesOf(local, "row:")] : []);
	if (!left().length && !rows().length) return;
	const past = await journal.run((store) => store.past(Number.MAX_SAFE_INTEGER));
	const known = new Set([...past.rows.map(({ json }) => json), ...journal.waiting.values()].map(idOf));
	const found: string[] = [];
	const take = (name: string, events: unknown[], release: Release) => {
		spilled.set(name, release);
		for (const json of events)
			if (typeof json !== "string" || json[0] !== "{") drop("unreadable", [""]);
			else if (!known.has(idOf(json))) found.push(json);
	};
	const takeSpill = (each: string, release: Release) => {
		const text = local.get(`spill:${each}`);
		// Another tab was quicker.
		if (text === undefined) return release();
		const [first, ...rest] = parsed<unknown[]>(text) ?? [""];
		const isCount = typeof first === "number";
		if (isCount) drop("queue_full", lost(first, each));
		take(`spill:${each}`, isCount ? rest : [first, ...rest], release);
	};
	const takeRows = (release: Release) => {
		const sorted = rows().sort(([one], [other]) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
		if (!sorted.length) return release();
		// A row that begins with a space was sent.
		for (const [key, json] of sorted) take(`row:${key}`, json[0] === " " ? [] : [json], release);
	};
	const give = () => {
		// They are older than what this page load took; but what is being written stands at the front.
		if (journal.ready) unwritten.push(...found.splice(0));
		else unwritten.unshift(...found.splice(0));
	};
	if (navigator.locks) {
		for (const each of left()) await inherit(`${name}:spill:${each}`, (release) => takeSpill(each, release));
		if (rows().length) await inherit(`${name}:localstorage`, takeRows);
		give();
		return;
	}
	const find = () => [
		...left().map((each) => ({
			text: `${local.get(`spill:${each}`)}`,
			take: () => takeSpill(each, () => {}),
		})),
		...(rows().length ? [{ text: rows().join(), take: () => takeRows(() => {}) }] : []),
	];
	const given = () => {
		give();
		return journal.append();
	};
	// The journal does not wait for it.
	import("./without-locks.js")
		.then(({ rescueRipe }) => rescueRipe(core, find, given))
		.catch((error) => warn("internal", error));
}
