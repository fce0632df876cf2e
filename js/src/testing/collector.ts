import type { Message } from "../types.js";

/** A collector in memory. It takes the place of `fetch` for its own address; what else is fetched goes its way. */
export interface TestCollector {
	/** What it has acknowledged, in the order of arrival, each once. */
	readonly events: Message[];
	/** The paths that it was asked for, such as `/v1/batch`. */
	readonly requests: string[];
	/** Nobody answers: as if the network were gone. */
	down: boolean;
	/** The nudges that are switched off. */
	killed: string[];
}

/** Where it is: no address of anybody's. */
export const host = "https://collector.test";

/** Puts it in the place of `fetch`, until what it returns is called. */
export function openCollector(isOurs: (message: Message) => boolean): TestCollector & { close(): void } {
	const { fetch } = globalThis;
	const known = new Set<string>();
	const answer = (body: unknown, status = 200) =>
		new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
	const collector: ReturnType<typeof openCollector> = {
		events: [],
		requests: [],
		down: false,
		killed: [],
		close() {
			if (globalThis.fetch === own) globalThis.fetch = fetch;
		},
	};
	const own: typeof fetch = async (input, init) => {
		const address = input instanceof Request ? input.url : `${input}`;
		if (!address.startsWith(`${host}/`)) return fetch(input, init);
		const path = address.slice(host.length);
		collector.requests.push(path);
		if (collector.down) throw new TypeError("Failed to fetch");
		if (path.startsWith("/v1/killed/")) return answer(collector.killed);
		if (path === "/v1/forget") return answer({ success: true }, 202);
		// Nothing is published, and nothing is known of anybody.
		if (path !== "/v1/batch") return answer({}, 404);
		const { batch } = JSON.parse(`${init?.body}`) as { batch: Message[] };
		for (const message of batch) {
			if (known.has(message.messageId) || !isOurs(message)) continue;
			known.add(message.messageId);
			collector.events.push(message);
		}
		return answer({});
	};
	globalThis.fetch = own;
	return collector;
}
