import { useEffect, useState } from "preact/hooks";
import { type Decision, type Health, health, type Message, on, type View, view } from "ripen";

const MOST_EVENTS = 120;
const MOST_DECISIONS = 12;

/** A decision with its number in this page load, since two may fall into one millisecond. */
export type Numbered = Decision & { number: number };

/** What has been heard in this page load, the newest first. */
export interface Feed {
	events: Message[];
	decisions: Numbered[];
	view: View | undefined;
	health: Health | undefined;
}

let feed: Feed = { events: [], decisions: [], view: undefined, health: undefined };
const watchers = new Set<() => void>();

function update(part: Partial<Feed>): void {
	feed = { ...feed, ...part };
	for (const changed of watchers) changed();
}

export function startFeed(): void {
	update({ view: view(), health: health() });
	on("event", (message) => update({ events: [message, ...feed.events].slice(0, MOST_EVENTS) }));
	on("decision", (decision) => {
		const number = (feed.decisions[0]?.number ?? 0) + 1;
		update({ decisions: [{ ...decision, number }, ...feed.decisions].slice(0, MOST_DECISIONS) });
	});
	on("change", (now) => update({ view: now }));
	on("health", (now) => update({ health: now, view: view() }));
}

/** The feed as it is now, and again whenever something is heard. */
export function useFeed(): Feed {
	const [now, setNow] = useState(feed);
	useEffect(() => {
		const read = () => setNow(feed);
		watchers.add(read);
		read();
		return () => {
			watchers.delete(read);
		};
	}, []);
	return now;
}
