import type { Message, Options } from "./types.js";

/** What the host keeps out of its events. */
export type Redaction = Pick<Options, "allow" | "deny" | "redact">;

/** A text where a list belongs is the names in it: its parts must not be taken for them. */
const listOf = (names: string[] | undefined) =>
	(names as unknown as string | undefined)?.split?.(/, */) ?? names;

/** A call's properties or traits, without those that the lists leave out, wherever they stand. */
export function without(body: string, { allow, deny }: Redaction): string {
	if (!allow && !deny) return body;
	let top: unknown;
	const parsed = JSON.parse(body);
	return JSON.stringify(parsed, function (this: unknown, name, value) {
		// The text of the whole has an empty name, and only its own names are to be allowed.
		top ??= value;
		const isAllowed = this !== top || (listOf(allow)?.includes(name) ?? true);
		return value !== top && (listOf(deny)?.includes(name) || !isAllowed) ? undefined : value;
	});
}

/** The event as the host's hook leaves it; what makes it this event stays. Throws why there is none. */
export function redacted(text: string, { redact }: Redaction): string {
	if (!redact) return text;
	const { type, messageId, timestamp, context } = JSON.parse(text) as Message;
	let result: Message | null | undefined;
	try {
		result = redact(JSON.parse(text));
		// Something else is no answer: a promise, for one.
		if (result && result.messageId !== messageId) throw result;
		if (result) {
			const { stream, sequence, sessionId, signature, groupSignature } = context;
			// In this order: the writer's marks come first, and `properties` last.
			const { properties, traits, ...rest } = result;
			return JSON.stringify({
				...rest,
				type,
				timestamp,
				context: { ...rest.context, stream, sequence, sessionId, signature, groupSignature },
				properties,
				traits,
			});
		}
	} catch {
		// What a broken hook would have left out is not known.
		throw "redact_failed";
	}
	throw "redacted";
}
