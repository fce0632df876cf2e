import type { Local } from "./local.js";
import type { Writer } from "./message.js";
import type { Health } from "./types.js";

export type Counts = Health["dropped"];

/** What became of the calls of one page load, as batches tell it: numbers that only grow, so that the last one holds. */
export interface Stream {
	stream: string;
	/** Sequences that were given. */
	taken: number;
	/** Events with a sequence that were given up. */
	dropped: Counts;
	/** Calls that became no event. */
	untaken: Counts;
}

/** What is told of streams, and by whom what is given up is counted: the core knows its own, the keeper all. */
export interface Losses {
	dropped(reason: string, events: string[]): void;
	/** What is to be told: stream → JSON. */
	all(): Map<string, string>;
	/** The collector has been told so. */
	told(streams: Map<string, string>): void;
}

export const add = (counts: Counts, reason: string, count = 1) => {
	counts[reason] = (counts[reason] ?? 0) + count;
};

/** Counts what is lost of this page load. */
export function openTally(local: Local, writer: Writer, untaken: Counts) {
	const { stream } = writer;
	const name = `stream:${stream}`;
	/** What this page gave up, of whatever stream. */
	const here: Counts = {};
	const own: Stream = { stream, taken: 0, dropped: {}, untaken };
	let written: string | undefined;
	/** Even where the page is killed before it has stored an event, it is known that there was one. */
	const save = () => {
		const found = local.get(name);
		if (found !== written) {
			// Another tab has given up events of this one.
			const { dropped = {} } = JSON.parse(found ?? "{}") as Partial<Stream>;
			for (const reason in dropped)
				own.dropped[reason] = Math.max(dropped[reason] as number, own.dropped[reason] ?? 0);
		}
		own.taken = writer.taken;
		written = JSON.stringify(own);
		local.set(name, written);
		return written;
	};
	return {
		here,
		save,
		/** Events of this page load. */
		dropped(reason: string, count?: number) {
			save();
			add(own.dropped, reason, count);
			save();
		},
		/** In this page, by reason. */
		lost() {
			const counts = { ...here };
			for (const reason in untaken) add(counts, reason, untaken[reason]);
			return counts;
		},
	};
}
