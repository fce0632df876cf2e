import type { Core } from "./core.js";
import { lease } from "./lease.js";

/** A living tab has written by then what it spilled. */
const ripeMs = 10_000;

/** What a rescue has found. */
export interface Find {
	text: string;
	take(): void;
}

/** The time of the last event in it is long past; or yet to come, where the clock was set back. */
function isRipe(text: string, now: number): boolean {
	const times = [...text.matchAll(/"timestamp\\*":\\*"([^"\\]+)/g)];
	const age = now - Date.parse(`${times.at(-1)?.[1]}`);
	return !(age >= 0 && age < ripeMs);
}

/** Where tabs cannot be asked whether they live: takes what is old enough, one tab at a time. `given`: the journal has it. */
export function rescueRipe(core: Core, find: () => Find[], given: () => Promise<void>): void {
	const { clock } = core;
	const turn = new AbortController();
	lease(core, "rescue", turn.signal, async (mine) => {
		if (!mine) return;
		for (const { text, take } of find()) if (isRipe(text, clock.now())) take();
		await given();
		turn.abort();
		if (find().length) clock.wakeAt(clock.now() + ripeMs, () => rescueRipe(core, find, given));
	});
}
