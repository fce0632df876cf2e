import type { Core } from "./core.js";
import type { Losses } from "./tally.js";
import type { Batch } from "./transport.js";

/** Half of what browsers grant such requests to one host, whoever makes them: 64 KiB with address and headers. */
const mostBytes = 32 * 1024;
/** Of these for the address and the envelope. */
const overheadBytes = 2 * 1024;
/** It is made anew at most so often. */
const pauseMs = 1_000;

declare const fetchLater: (url: string, request: Batch) => { activated: boolean };

/** What the browser sends for the page. */
export interface Deferral {
	/** What waits changed. */
	changed(): void;
	/** The page may be gone at any moment. */
	renew(): void;
}

/**
 * Leaves with the browser what waits, to be sent when the page is gone: also where it is killed, and beside what
 * keepalive takes (`fetchLater`: Chromium 135). An addition: nothing is ever heard of it, so that the events stay, and go
 * again under the same ids when the site is visited next.
 */
export function openDeferral(
	{ clock, settings, requestOf, bytesOf }: Core,
	losses: Losses,
	waiting: () => string[],
): Deferral {
	let abort: AbortController | undefined;
	let result: ReturnType<typeof fetchLater> | undefined;
	let left = "";
	let cancel: (() => void) | undefined;

	const renew = () => {
		cancel?.();
		cancel = undefined;
		let bytes = overheadBytes;
		const fitting = waiting().filter((json) => {
			bytes += bytesOf(json) + 1;
			return bytes <= mostBytes;
		});
		// What a page leaves in its last moment may not reach the browser any more: what is there already stays.
		if (result?.activated === false && `${fitting}` === left) return;
		abort?.abort();
		abort = result = undefined;
		left = `${fitting}`;
		if (!left) return;
		try {
			const made = new AbortController();
			const batch = requestOf(settings, fitting, [...losses.all().values()]);
			result = fetchLater(`${settings.host}/v1/batch`, { ...batch, signal: made.signal });
			abort = made;
		} catch {
			// The host has used the quota up, or a policy forbids it: keepalive and the next page load are what remains.
		}
	};
	return {
		changed() {
			cancel ??= clock.wakeAt(clock.now() + pauseMs, renew);
		},
		renew,
	};
}
