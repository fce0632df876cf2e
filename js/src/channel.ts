import type { Core } from "./core.js";
import type { Consent } from "./types.js";

/**
 * What tabs tell each other: keys that were settled (none: events were written), something about sending, that the
 * person is another one, or what they have agreed to.
 */
export type News = number[] | "flush" | "failed" | "reset" | Consent;

/** As much of a BroadcastChannel as tabs need. */
export type Medium = Pick<BroadcastChannel, "postMessage" | "close">;

/** The tabs of this browser. */
export function openChannel({ local, name }: Core, heard: (news: News) => void) {
	let channel: Medium | undefined;
	let isOpen = false;
	return {
		open() {
			isOpen = true;
			try {
				const own = new BroadcastChannel(name);
				own.onmessage = ({ data }) => heard(data);
				channel = own;
			} catch {
				// There is none; or, in Firefox, the site may not store anything.
				import("./storage-channel.js")
					.then(({ storageChannel }) => {
						if (!isOpen || channel) return;
						channel = storageChannel(name, local, heard);
						// What was told until now.
						heard([]);
						channel.postMessage([]);
					})
					// Each tab is alone.
					.catch(() => {});
			}
		},
		tell: (news: News) => channel?.postMessage(news),
		/** A page that may go to the back-forward cache has to (C09). */
		close() {
			isOpen = false;
			channel?.close();
			channel = undefined;
		},
	};
}
