import type { Consent } from "./types.js";

/**
 * What tabs tell each other: keys that were settled (none: events were written), something about sending, that the
 * person is another one, or what they have agreed to.
 */
export type News = number[] | "flush" | "failed" | "reset" | Consent;

/** The tabs of this browser; where BroadcastChannel is missing, each is alone. */
export function openChannel(name: string, heard: (news: News) => void) {
	let channel: BroadcastChannel | undefined;
	return {
		open() {
			if (!globalThis.BroadcastChannel) return;
			channel = new BroadcastChannel(name);
			channel.onmessage = ({ data }) => heard(data);
		},
		tell: (news: News) => channel?.postMessage(news),
		/** A page that may go to the back-forward cache has to (C09). */
		close() {
			channel?.close();
			channel = undefined;
		},
	};
}
