import type { Ids } from "./identity.js";
import type { Settings } from "./transport.js";

/** Asks the collector to erase what it has of a person. Whether it has heard; never rejects. */
export async function askToForget(
	settings: Settings,
	{ anonymousId, userId, signature }: Ids,
): Promise<boolean> {
	const { writeKey, clock, host } = settings;
	try {
		// With either it is believed who asks, and nobody has to look at it first.
		const token = await settings.token?.().catch(() => undefined);
		const response = await fetch(`${host}/v1/forget`, {
			method: "POST",
			headers: { "content-type": "text/plain" },
			credentials: "omit",
			keepalive: true,
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
