/**
 * `ripen/segment`: Ripen beside Segment's own client (`@segment/analytics-next`). It hears each event with the ids and the
 * time that Segment gave it, and changes nothing of what Segment sends. Where a collector gets the event from Segment's
 * servers, too, it is the same event, and counts once.
 */
import type { Client } from "./client.js";
import type { Json, Properties } from "./types.js";

/** An event of Segment's, as far as Ripen looks at it. */
export interface SegmentEvent {
	type: string;
	messageId?: string | undefined;
	anonymousId?: string | null | undefined;
	userId?: string | null | undefined;
	timestamp?: Date | string | undefined;
	event?: string | undefined;
	name?: string | null | undefined;
	category?: string | null | undefined;
	groupId?: string | null | undefined;
	previousId?: string | null | undefined;
	properties?: object | undefined;
	traits?: object | undefined;
}

/** Segment's client, as far as it is listened to: what `AnalyticsBrowser.load` returns, or what that resolves to. */
export interface SegmentClient {
	// biome-ignore lint/suspicious/noExplicitAny: its own types say more, and differ between the two.
	on(event: string, listener: (...args: any[]) => void): unknown;
}

/** What a source middleware gets. */
interface Passing<Payload extends { obj: object }> {
	payload: Payload;
	next: (payload: Payload | null) => void;
}

/** Feeds Ripen, one event after the other. */
function feeding(client: Client) {
	/** Whose the last event was. */
	let now: { anonymousId: string | undefined; userId: string | undefined } | undefined;
	/** Anonymous ids that somebody has signed out of: what still comes of them is nobody's any more. */
	const left = new Set<string | undefined>();
	const leave = () => {
		if (now) left.add(now.anonymousId);
		now = undefined;
		client.reset();
	};
	const feed = (event: SegmentEvent) => {
		const { type, messageId } = event;
		// Ripen's own, on their way through Segment.
		if (event.event?.startsWith("$")) return;
		const anonymousId = event.anonymousId ?? undefined;
		const userId = event.userId ?? undefined;
		if (anonymousId !== undefined && left.has(anonymousId)) {
			return console.warn(
				`ripen: an event of who has signed out came too late: ${event.event ?? type} [segment_late]`,
			);
		}
		// Another anonymous id: somebody has signed out, unless it is still the same user.
		if (now && now.anonymousId !== anonymousId && !(userId && userId === now.userId)) leave();
		const how = {
			...(messageId ? { messageId } : {}),
			...(event.timestamp ? { timestamp: new Date(event.timestamp).getTime() } : {}),
		};
		const known = now ? now.userId : client.view()?.person;
		// Segment has stored who signed in on an earlier page, before Ripen was there.
		if (userId && userId !== known && type !== "identify" && type !== "alias") client.identify(userId);
		now = { anonymousId, userId: userId ?? now?.userId };
		const properties = copied(event.properties);
		if (type === "track") client.track(`${event.event}`, properties, how);
		else if (type === "page" || type === "screen")
			client.page(event.name ?? undefined, { ...named("category", event.category), ...properties }, how);
		else if (type === "identify") client.identify(userId, copied(event.traits), how);
		else if (type === "group") {
			if (event.groupId) client.group(event.groupId, copied(event.traits), how);
		} else if (type === "alias" && userId && event.previousId === anonymousId)
			client.identify(userId, {}, how);
	};
	return {
		leave,
		feed(event: SegmentEvent) {
			try {
				feed(event);
			} catch (error) {
				// Segment goes on, whatever happens here.
				console.error(error);
			}
		},
	};
}

/** As it travels: Segment lets hosts put dates and instances into events. */
const copied = (value: object | undefined): Properties => JSON.parse(JSON.stringify(value ?? {}));
const named = (name: string, value: Json | undefined): Properties => (value ? { [name]: value } : {});

/**
 * Ripen hears what Segment's client is told, at once and in order, before any middleware, and when somebody signs out.
 *
 * @example
 * const analytics = AnalyticsBrowser.load({ writeKey: "…" });
 * follow(analytics, ripen);
 */
export function follow(analytics: SegmentClient, client: Client): void {
	if (typeof document !== "object") return;
	const { feed, leave } = feeding(client);
	analytics.on("dispatch_start", ({ event }: { event: SegmentEvent }) => feed(event));
	analytics.on("reset", leave);
}

/**
 * A source middleware: Ripen hears what earlier ones let through, as they leave it, when Segment comes to it. Of signing
 * out it learns by the next event; call `reset()` of Ripen where it has to be at once.
 *
 * @example
 * analytics.addSourceMiddleware(middleware(ripen));
 */
export function middleware(client: Client) {
	const { feed } = feeding(client);
	/** Segment passes an event again where its delivery is tried again. */
	const heard = new Set<string | undefined>();
	return <Payload extends { obj: object }>({ payload, next }: Passing<Payload>): void => {
		const event = payload.obj as SegmentEvent;
		if (!event.messageId || !heard.has(event.messageId)) feed(event);
		heard.add(event.messageId);
		// Those that are tried again are among the last.
		if (heard.size > mostHeard) heard.delete(heard.values().next().value);
		next(payload);
	};
}

const mostHeard = 10_000;
