import { type Ids, readIds } from "./identity.js";
import type { Local } from "./local.js";
import { randomId } from "./random.js";
import { sessionAt } from "./session.js";
import type { Clock, Message, Properties } from "./types.js";

/** The limit of the Segment spec, and of the collector. */
const largestEvent = 32 * 1024;

/** A call as it was made: its arguments already copied, not yet an event. */
export interface Draft extends Pick<Message, "type" | "event" | "name" | "groupId"> {
	/** JSON text of `properties` or `traits`, whichever the type has. */
	body?: string;
	page?: Properties;
	/** What makes it the same event wherever it is told; else it gets an id of its own. */
	messageId?: string;
	/** When the call was made, if it had to wait for `init`. */
	calledAt?: number;
}

/** UTF-8 size of a text. */
export const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The copy of an argument, in the form in which it travels. Throws what is wrong with it. */
export function copyOf(body: unknown): string | undefined {
	if (body == null) return;
	if (typeof body !== "object" || Array.isArray(body)) throw "must be an object";
	const text = JSON.stringify(body, (key, value) => {
		// JSON.stringify leaves functions and symbols out without a word.
		if (/^(f|sy|bi)/.test(typeof value)) throw `"${key}" is a ${typeof value}`;
		// Half a surrogate pair, as `slice` makes them, would make the collector refuse the event.
		return value?.toWellFormed ? value.toWellFormed() : value;
	});
	if (text?.[0] !== "{") throw "must be an object";
	return text;
}

export interface Writer {
	/** This page load. */
	stream: string;
	/** The JSON of the message, or undefined if it is larger than an event may be. */
	write(draft: Draft): string | undefined;
}

/** Turns calls into events: each gets its ids here, once (C06). */
export function openWriter(local: Local, clock: Clock): Writer {
	const stream = randomId(22);
	let sequence = 0;
	let newest = 0;
	return {
		stream,
		write({ body, page, calledAt, messageId, ...draft }) {
			const { anonymousId, userId, groupId }: Ids = readIds(local);
			const happened = calledAt ?? clock.now();
			// Within a stream time never runs backwards (C18); what the clock said is kept.
			const time = Math.max(happened, newest);
			const message: Message & { originalTimestamp?: string } = {
				...draft,
				// Padded, so that the ids of a stream sort in the order of time.
				messageId: messageId ?? `${stream}-${sequence.toString(36).padStart(5, "0")}`,
				anonymousId,
				userId,
				timestamp: new Date(time).toISOString(),
				originalTimestamp: time > happened ? new Date(happened).toISOString() : undefined,
				context: {
					timezoneOffset: -Math.round(new Date(time).getTimezoneOffset()),
					sessionId: sessionAt(local, time),
					stream,
					sequence,
					groupId,
					page,
				},
			};
			let text = JSON.stringify(message);
			const name = /identify|group/.test(draft.type) ? "traits" : "properties";
			if (body) text = `${text.slice(0, -1)},"${name}":${body}}`;
			if (bytesOf(text) > largestEvent) return;
			sequence++;
			newest = time;
			return text;
		},
	};
}
