import type { Medium } from "./channel.js";
import type { Local } from "./local.js";

/** What stands in for a BroadcastChannel where there is none: what is put into localStorage, other tabs hear of. Nothing stays there. */
export function storageChannel<T>(name: string, local: Local, heard: (news: T) => void): Medium {
	const key = `${name}:news`;
	const closed = new AbortController();
	const { signal } = closed;
	addEventListener(
		"storage",
		(event) => event.key === key && event.newValue && heard(JSON.parse(event.newValue)),
		{ signal },
	);
	return {
		postMessage(news) {
			local.set("news", JSON.stringify(news));
			local.set("news", undefined);
		},
		close: () => closed.abort(),
	};
}
