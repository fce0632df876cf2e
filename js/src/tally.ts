import type { Local } from "./local.js";
import type { Writer } from "./message.js";
import type { Health, Message } from "./types.js";

type Counts = Health["dropped"];

/** What became of the calls of one page load, as batches tell it: numbers that only grow, so that the last one holds. */
interface Stream {
	stream: string;
	/** Sequences that were given. */
	taken: number;
	/** Events with a sequence that were given up. */
	dropped: Counts;
	/** Calls that became no event. */
	untaken: Counts;
}

const add = (counts: Counts, reason: string) => {
	counts[reason] = (counts[reason] ?? 0) + 1;
};

/** Counts what is lost, of this page load and of those before, until the collector has been told. */
export function openTally(local: Local, writer: Writer, untaken: Counts) {
	/** What this page load gave up, of whatever stream. */
	const here: Counts = {};
	const own: Stream = { stream: writer.stream, taken: 0, dropped: {}, untaken };
	const keep = (each: Stream) => local.set(`stream:${each.stream}`, JSON.stringify(each));
	const tally = {
		untaken: (reason: string) => add(untaken, reason),
		dropped(reason: string, events: string[]) {
			for (const json of events) {
				add(here, reason);
				try {
					const stream = `${(JSON.parse(json) as Message).context.stream}`;
					const kept = local.get(`stream:${stream}`);
					const each: Stream =
						stream === own.stream
							? own
							: kept
								? JSON.parse(kept)
								: { stream, taken: 0, dropped: {}, untaken: {} };
					add(each.dropped, reason);
					keep(each);
				} catch {
					// Nobody knows any more what it was.
				}
			}
		},
		/** Even where the page is killed before it has stored an event, it is known that there was one. */
		save() {
			own.taken = writer.taken;
			keep(own);
		},
		/** What is to be told: stream → JSON. */
		all() {
			tally.save();
			return local.all("stream:");
		},
		/** The collector has been told so. */
		told(streams: Map<string, string>) {
			for (const [stream, text] of streams)
				if (stream !== own.stream && local.get(`stream:${stream}`) === text)
					local.set(`stream:${stream}`, undefined);
		},
		/** In this page load, by reason. */
		lost() {
			const counts = { ...here };
			for (const [reason, count] of Object.entries(untaken)) counts[reason] = (counts[reason] ?? 0) + count;
			return counts;
		},
	};
	return tally;
}
