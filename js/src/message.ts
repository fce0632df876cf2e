import { readIds, writeIds } from "./identity.js";
import type { Local } from "./local.js";
import { randomId } from "./random.js";
import { type Redaction, redacted, without } from "./redaction.js";
import { sessionAt } from "./session.js";
import type { Clock, Message, Proof, Properties } from "./types.js";

/** The limit of the Segment spec, and of the collector. */
const largestEvent = 32 * 1024;

/** A call as it was made: its arguments already copied, not yet an event. */
export interface Draft extends Pick<Message, "type" | "event" | "name" | "groupId">, Proof {
	/** JSON text of `properties` or `traits`, whichever the type has. */
	body?: string;
	page?: Properties;
	/** Recorded by Ripen, not by the host. */
	own?: boolean;
	/** What makes it the same event wherever it is told; else it gets an id of its own. */
	messageId?: string;
	/** When the call was made by the device's clock, if it had to wait for `init`. */
	calledAt?: number;
}

/** Who an `identify` says that it is. */
export interface Identified {
	userId?: string;
}

/** UTF-8 size of a text. */
export const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The copy of an argument, in the form in which it travels. Throws what is wrong with it. */
export function copyOf(body: unknown): string | undefined {
	if (body == null) return;
	const text = JSON.stringify(body, (key, value) => {
		// JSON.stringify leaves functions and symbols out without a word.
		if (/^(f|sy|bi)/.test(typeof value)) throw `"${key}" is a ${typeof value}`;
		// Half a surrogate pair, as `slice` makes them, would make the collector refuse the event.
		return value?.toWellFormed?.() ?? value;
	});
	if (text?.[0] !== "{") throw "no object";
	return text;
}

/** How an event begins that does not leave the browser. No other can: the writer decides what stands first. */
const staying = '{"local":1,';

/** Whether an event, as the writer wrote it, is for the collector. */
export const travels = (json: string) => !json.startsWith(staying);

/** The same event, for this browser only. */
export const stay = (json: string) => staying + json.slice(1);

export interface Writer {
	/** This page load. */
	stream: string;
	/** The JSON of the message. Throws the reason for which there is none. */
	write(draft: Draft, travelling?: boolean): string;
	/** How many sequences were given so far. */
	readonly taken: number;
}

/** Turns calls into events: each gets its ids here, once (C06). `skew`: what `clock` adds to the device's clock. */
export function openWriter(local: Local, clock: Clock, redaction: Redaction = {}, skew = 0): Writer {
	const stream = randomId(22);
	let made = 0;
	let taken = 0;
	let newest = 0;
	return {
		stream,
		get taken() {
			return taken;
		},
		write({ calledAt, page, body, own, messageId, signature, ...draft }, travelling = true) {
			const ids = readIds(local);
			const { since } = ids;
			const happened = calledAt ?? clock.now() - skew;
			// Within a stream time never runs backwards (C18); what the device's clock said is kept.
			const time = Math.max(happened + skew, newest);
			const message: Message = {
				...draft,
				// Padded, so that the ids of a stream sort in the order of time.
				messageId: messageId ?? `${stream}-${made.toString(36).padStart(5, "0")}`,
				anonymousId: ids.anonymousId,
				userId: ids.userId,
				timestamp: new Date(time).toISOString(),
				originalTimestamp: time !== happened ? new Date(happened).toISOString() : undefined,
				context: {
					timezoneOffset: -Math.round(new Date(time).getTimezoneOffset()),
					// Not by the time of the event: that stands still after the clock was set back, or was told and is long ago.
					sessionId: sessionAt(local, clock.now() - skew),
					stream,
					// What does not travel is not missed.
					sequence: travelling ? taken : undefined,
					groupId: ids.groupId,
					signature: ids.signature,
					// That of a user is in all of their events.
					groupSignature: draft.groupId && signature,
					// So that the collector sees whose browser has lost what it had stored (C17). Once a page load is enough.
					knownSince: made ? undefined : new Date(since ?? time).toISOString(),
					page,
				},
			};
			let text = JSON.stringify(message);
			const name = /identify|group/.test(draft.type) ? "traits" : "properties";
			if (body) text = `${text.slice(0, -1)},"${name}":${own ? body : without(body, redaction)}}`;
			text = redacted(text, redaction);
			if (!travelling) text = stay(text);
			if (text.length > largestEvent / 3 && bytesOf(text) > largestEvent) throw "too_large";
			if (!since) writeIds(local, { ...ids, since: time });
			made++;
			if (travelling) taken++;
			newest = time;
			return text;
		},
	};
}
