// Real usage, as the pages of one device of each person would have recorded it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { at } from "../../../xtask/places.mjs";

const file = (name) => at(`../shared/data/${name}.ndjson.gz`);

/** Where it is not there the test is skipped, and says so. */
export const isThere = (name) => existsSync(file(name));

const streamOf = (user) => createHash("sha256").update(user).digest("hex").slice(0, 22);

/** Person → their messages, in the order in which they happened: all of one page load, whose ids these are. */
export function recorded(name) {
	const people = new Map();
	for (const line of gunzipSync(readFileSync(file(name)))
		.toString()
		.split("\n")
		.filter(Boolean)) {
		const message = JSON.parse(line);
		const { userId, context } = message;
		const own = people.get(userId) ?? [];
		people.set(userId, own);
		const stream = streamOf(userId);
		const sequence = own.length;
		own.push({
			...message,
			messageId: `${stream}-${sequence.toString(36).padStart(5, "0")}`,
			anonymousId: `device of ${userId}`,
			context: { ...context, stream, sequence },
		});
	}
	for (const own of people.values())
		for (const [at, { timestamp }] of own.entries())
			if (at && timestamp < own[at - 1].timestamp) throw new Error("a page load does not run backwards");
	return people;
}
