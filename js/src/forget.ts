import type { Ids } from "./identity.js";
import { type Settings, urlOf } from "./transport.js";

/** Deletes the database, as soon as no tab holds it open. Never rejects. */
export const eraseDatabase = (name: string): Promise<void> =>
	new Promise((resolve) => {
		try {
			const erasing = indexedDB.deleteDatabase(name);
			erasing.onsuccess = erasing.onerror = () => resolve();
		} catch {
			resolve();
		}
	});

/** Asks the collector to erase what it has of a person. Whether it has heard; never rejects. */
export async function askToForget(settings: Settings, { anonymousId, userId }: Ids): Promise<boolean> {
	const { writeKey, clock } = settings;
	try {
		const response = await fetch(urlOf(settings, "/v1/forget"), {
			method: "POST",
			headers: { "content-type": "text/plain" },
			credentials: "omit",
			keepalive: true,
			body: JSON.stringify({ writeKey, anonymousId, userId, sentAt: new Date(clock.now()).toISOString() }),
		});
		return response.ok;
	} catch {
		return false;
	}
}
