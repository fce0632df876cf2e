import { retryAfter } from "./retry-after.js";
import type { Clock, Options } from "./types.js";

declare const RIPEN_VERSION: string;

const timeoutMs = 30_000;

/** Options with the clock that holds. */
export type Settings = Options & { clock: Clock };

/** What the collector said. `status` 0: nothing. */
export interface Answer {
	status: number;
	/** It has the batch. */
	ok?: boolean;
	/** Milliseconds. */
	retryAfter?: number;
	/** What time it is, says the collector. */
	date?: number;
	/** Events of an accepted batch that it will not have. */
	rejected?: { messageId: string; code: string; message: string }[];
}

/** Where a path is at the collector. */
export const urlOf = (options: Options, path: string) => (options.host ?? "").replace(/\/$/, "") + path;

/** Sends events and the counters of streams, given as JSON texts, as one batch. Never rejects (C12). */
export async function post(
	options: Settings,
	events: string[],
	streams: string[],
	keepalive: boolean,
): Promise<Answer> {
	const { clock } = options;
	const abort = new AbortController();
	const cancel = clock.wakeAt(clock.now() + timeoutMs, () => abort.abort());
	try {
		const head = {
			writeKey: options.writeKey,
			sentAt: new Date(clock.now()).toISOString(),
			context: { library: { name: "ripen", version: RIPEN_VERSION } },
		};
		const response = await fetch(urlOf(options, "/v1/batch"), {
			method: "POST",
			// CORS-simple, so that there is no preflight, which could not finish while a page goes (C02).
			headers: { "content-type": "text/plain" },
			credentials: "omit",
			keepalive,
			signal: abort.signal,
			body: `${JSON.stringify(head).slice(0, -1)},"streams":[${streams}],"batch":[${events}]}`,
		});
		// A page, not a collector: a portal that wants a login, or an application's fallback route.
		if (response.ok && /html/.test(`${response.headers.get("content-type")}`)) return { status: 0 };
		const answer: Answer = {
			status: response.status,
			ok: response.ok,
			date: Date.parse(`${response.headers.get("date")}`) || undefined,
			retryAfter: retryAfter(response.headers.get("retry-after"), clock.now()),
		};
		// A body that is cut or is not JSON takes nothing away from the status.
		const body = response.ok && (await response.json().catch(() => 0));
		if (Array.isArray(body?.rejected)) answer.rejected = body.rejected;
		return answer;
	} catch {
		return { status: 0 };
	} finally {
		cancel();
	}
}
