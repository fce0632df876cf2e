/**
 * `ripen/analytics`: code that calls analytics.js goes on as it is. Instead of Segment's client, or of another one with its
 * calls, or beside it. It sends nothing itself: what is called becomes calls of Ripen.
 */
import { hearing, hearingQueue } from "./analytics/beside.js";
import { type Options, openCalls } from "./analytics/calls.js";
import { queuedIn } from "./analytics/queue.js";
import type { Client } from "./client.js";

export type { Dispatched, Options } from "./analytics/calls.js";
export { keepAnonymousId, segmentAnonymousId } from "./analytics/identities.js";

/** The calls of analytics.js. */
export type Analytics = ReturnType<typeof createAnalytics>;

/**
 * An object with the calls of analytics.js.
 *
 * @example
 * import * as ripen from "ripen";
 * import { createAnalytics } from "ripen/analytics";
 * export const analytics = createAnalytics(ripen);
 */
export function createAnalytics(client: Client, options: Options = {}) {
	const { all, carryOut } = openCalls(client, options);
	return Object.assign(all, {
		initialized: true,
		/** `push(["track", "event"])`, as in the snippet's queue. */
		push: (...calls: unknown[]) => queuedIn(calls).forEach(carryOut),
	});
}

/**
 * Puts it into the page in place of `window.analytics`, and carries out in order what the snippet has gathered. Returns
 * it. On a server nothing happens.
 */
export function replaceGlobal(
	client: Client,
	{ global = "analytics", ...options }: Options & { global?: string } = {},
): Analytics {
	const analytics = createAnalytics(client, options);
	const page = globalThis as Record<string, unknown>;
	if (typeof document !== "object") return analytics;
	const queued = queuedIn(page[global]);
	page[global] = analytics;
	analytics.push(...queued);
	return analytics;
}

/** The other client, such that Ripen hears each call, too. For one that is imported: use what this returns. */
export function beside<T extends object>(theirs: T, client: Client, options: Options = {}): T {
	if (typeof document !== "object") return theirs;
	return hearing(theirs, openCalls(client, options).carryOut);
}

/**
 * The same for `window.analytics`, whether its client is there or still to come: Ripen hears what the snippet has gathered,
 * what is called meanwhile, and what the client gets once it is there; each once, and also where it never comes.
 */
export function besideGlobal(
	client: Client,
	{ global = "analytics", ...options }: Options & { global?: string } = {},
): void {
	if (typeof document !== "object") return;
	const { carryOut } = openCalls(client, options);
	const page = globalThis as Record<string, unknown>;
	const listened = (found: unknown) => {
		if (Array.isArray(found)) hearingQueue(found, carryOut);
		return typeof found === "object" && found !== null && !Array.isArray(found)
			? hearing(found, carryOut)
			: found;
	};
	let now = listened(page[global]);
	Object.defineProperty(page, global, {
		configurable: true,
		enumerable: true,
		get: () => now,
		set(next) {
			// What snippets begin with, `window.analytics = window.analytics || []`, is nothing new.
			if (next !== now) now = listened(next);
		},
	});
}
