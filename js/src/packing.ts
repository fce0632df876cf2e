import type { Core } from "./core.js";

/** What is smaller fits in one or two packets either way. */
const leastBytes = 1024;

const gzip = async (text: string) =>
	new Response(new Response(text).body?.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

/**
 * Sends by `post`, packed where the collector has said that it can read that. Only what may wait: packing takes turns of
 * the event loop that a page that goes does not have. There is no header for it, which would need a preflight (C02).
 */
export function openPacking(post: Core["post"]): Core["post"] {
	let able: boolean | undefined;
	return async (events, keepalive) => {
		let packed = false;
		const pack = async (text: string) => {
			const body = text.length < leastBytes ? text : await gzip(text).catch(() => text);
			packed = body !== text;
			return body;
		};
		const answer = await post(events, keepalive, able && !keepalive ? pack : undefined);
		if (packed && !answer.ok) {
			// Something in between may not like it: in this page load no more of that.
			able = false;
			// An event is not bad, nor a batch too large, before that was said of it as it is (C07).
			if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
				return post(events, keepalive);
		}
		if (answer.gzip) able ??= true;
		return answer;
	};
}
