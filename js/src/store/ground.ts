import type { Clock } from "../types.js";
import { patiently } from "./patience.js";
import { firstKey, type Ground, type Problem, type Row, type Trouble } from "./store.js";

export const trouble = (problem: Problem, cause?: unknown): Trouble =>
	Object.assign(new Error(`${problem} (${cause})`), { problem });

/** An event that can be read: anything else was damaged. */
function isSound(row: Row): boolean {
	try {
		const { key, json } = row;
		const { messageId, timestamp, context } = JSON.parse(json);
		return typeof key === "number" && !!messageId && !!context && Date.parse(timestamp) > -Infinity;
	} catch {
		return false;
	}
}

/** `damaged` hears how many rows this tab had to remove, `heard` that there are new ones. */
export const groundOf = (
	{ name, stream, clock }: { name: string; stream: string; clock: Clock },
	{ damaged, heard }: { damaged(count: number): void; heard(): void },
): Ground => ({
	name,
	stream,
	clock,
	firstKey,
	trouble,
	heard,
	isSound,
	async soundOf(rows, store, lost = []) {
		const bad = new Set([...lost, ...rows.filter((row) => !isSound(row)).map(({ key }) => key)]);
		if (!bad.size) return rows;
		const removed = await store.remove([...bad]);
		if (removed.length) damaged(removed.length);
		return rows.filter(({ key }) => !bad.has(key));
	},
	patiently: (work, gaveUp) => patiently(clock, work, gaveUp),
});
