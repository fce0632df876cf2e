import type { Clock, Options } from "./types.js";

declare const RIPEN_VERSION: string;

const timeoutMs = 30_000;

/** Options with the clock that holds, and where the collector is, without a slash at the end. */
export type Settings = Options & { clock: Clock; host: string };

/** What the collector said. `status` 0: nothing. */
export interface Answer {
	status: number;
	/** It has the batch. */
	ok?: boolean;
	/** What else it said, for who has time to read it. */
	headers?: Headers;
	/** Events of an accepted batch that it will not have. */
	rejected?: { messageId: string; code: string; message: string }[];
	/** It can read batches that are packed so. */
	gzip?: true;
}

export type Batch = RequestInit & { body: string };

/** The request of one batch of events and the counters of streams, given as JSON texts. Without `now` it does not say when it was sent. */
export function requestOf(options: Settings, events: string[], streams: string[], now?: number): Batch {
	const head = {
		writeKey: options.writeKey,
		sentAt: now && new Date(now).toISOString(),
		context: { library: { name: "ripen", version: RIPEN_VERSION } },
	};
	return {
		method: "POST",
		// CORS-simple, so that there is no preflight, which could not finish while a page goes (C02).
		headers: { "content-type": "text/plain" },
		credentials: "omit",
		body: `${JSON.stringify(head).slice(0, -1)},"streams":[${streams}],"batch":[${events}]}`,
	};
}

/** Sends events as one batch, its body as `pack` makes it. Never rejects (C12). */
export async function post(
	options: Settings,
	events: string[],
	streams: string[],
	keepalive: boolean,
	pack?: (body: string) => Promise<BodyInit>,
): Promise<Answer> {
	const { clock } = options;
	try {
		const request = requestOf(options, events, streams, clock.now());
		const response = await fetch(`${options.host}/v1/batch`, {
			...request,
			keepalive,
			// Of the time that passes, not of a clock that may jump.
			signal: AbortSignal.timeout?.(timeoutMs),
			// Nothing is waited for where nothing is packed: the page may be going.
			...(pack && { body: await pack(request.body) }),
		});
		// A page, not a collector: a portal that wants a login, or an application's fallback route.
		// (What is absent is read as `null`, which is no HTML.)
		if (response.ok && /html/.test(response.headers.get("content-type") as string)) return { status: 0 };
		const answer: Answer = {
			status: response.status,
			ok: response.ok,
			headers: response.headers,
		};
		// A body that is cut or is not JSON takes nothing away from the status.
		const body = response.ok && (await response.json().catch(() => 0));
		if (Array.isArray(body?.rejected)) answer.rejected = body.rejected;
		if (body?.gzip) answer.gzip = true;
		return answer;
	} catch {
		return { status: 0 };
	}
}
