import { useEffect, useState } from "preact/hooks";
import { type Decision, type Health, health, type Message, on, type View, view } from "ripen";

const MOST_EVENTS = 120;
const MOST_DECISIONS = 12;

/** What has been heard in this page load, the newest first. */
export interface Feed {
	events: Message[];
	decisions: Decision[];
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
		update({ decisions: [decision, ...feed.decisions].slice(0, MOST_DECISIONS) });
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
