import type { Ids } from "./identity.js";
import type { Settings } from "./transport.js";

/** So long one waits for the host's token, the collector and the browser each. */
const longestMs = 30_000;

/**
 * Asks the collector to erase what it has of a person, while the browser erases what it has. Whether the collector has
 * heard; never rejects.
 */
export async function forget(
	settings: Settings,
	ids: Ids | undefined,
	erased: Promise<void> | undefined,
): Promise<boolean> {
	const { clock } = settings;
	const inTime = <T>(work: Promise<T> | undefined) =>
		Promise.race([
			work,
			new Promise<undefined>((done) => clock.wakeAt(clock.now() + longestMs, () => done(undefined))),
		]);
	// Of nobody there is nothing to be forgotten.
	const heard = !!ids && (await ask(settings, ids, inTime));
	await inTime(erased);
	return heard;
}

async function ask(
	{ writeKey, clock, host, token: tokenOf }: Settings,
	{ anonymousId, userId, signature }: Ids,
	inTime: <T>(work: Promise<T>) => Promise<T | undefined>,
): Promise<boolean> {
	try {
		// With either it is believed who asks, and nobody has to look at it first.
		const token = await inTime((async () => tokenOf?.())()).catch(() => undefined);
		const response = await fetch(`${host}/v1/forget`, {
			method: "POST",
			headers: { "content-type": "text/plain" },
			credentials: "omit",
			keepalive: true,
			signal: AbortSignal.timeout?.(longestMs),
			body: JSON.stringify({
				writeKey,
				anonymousId,
				userId,
				signature,
				token,
				sentAt: new Date(clock.now()).toISOString(),
			}),
		});
		return response.ok;
	} catch {
		return false;
	}
}
