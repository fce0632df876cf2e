/** Who the person is, as far as a page may ask; and the anonymous id that they had before Ripen. */
import type { Client } from "../client.js";
import type { Properties } from "../types.js";

interface Ids {
	anonymousId?: string | undefined;
	userId?: string | undefined;
	groupId?: string | undefined;
}

const keyOf = (writeKey: string) => `ripen:${writeKey}:ids`;

/** What Ripen has stored of them, if the page may see it. */
function stored(writeKey: string | undefined): Ids {
	try {
		return JSON.parse(localStorage.getItem(keyOf(`${writeKey}`)) ?? "{}");
	} catch {
		return {};
	}
}

/**
 * Makes Ripen know this browser by the anonymous id that another product gave it, so that what both recorded belongs
 * together: to be called before `init`, with the person's consent. Whom Ripen knows already keeps their id. Returns the
 * one that is in force, if there is a place to store it.
 */
export function keepAnonymousId(writeKey: string, id: string | null | undefined): string | undefined {
	const ids = stored(writeKey);
	if (ids.anonymousId || !id) return ids.anonymousId;
	try {
		localStorage.setItem(keyOf(writeKey), JSON.stringify({ anonymousId: id }));
		return id;
	} catch {
		// Blocked: then it would not outlive the page either.
	}
}

/** The anonymous id that Segment's clients have stored: in localStorage as JSON, else in a cookie. */
export function segmentAnonymousId(): string | undefined {
	const name = "ajs_anonymous_id";
	try {
		const text = localStorage.getItem(name) ?? decodeURIComponent(cookie(name) ?? "");
		return text.replace(/^"|"$/g, "") || undefined;
	} catch {}
}

const cookie = (name: string) =>
	document.cookie
		.split("; ")
		.find((each) => each.startsWith(`${name}=`))
		?.slice(name.length + 1);

export type Identities = ReturnType<typeof openIdentities>;

/** `writeKey`: the one given to `init`, by which Ripen's ids are found before the first event. */
export function openIdentities(client: Client, writeKey?: string) {
	let last: Ids = {};
	let traits: Properties = {};
	let ofAccount: Properties = {};
	client.on("event", ({ anonymousId, userId, context }) => {
		last = { anonymousId, userId, groupId: context.groupId as string | undefined };
	});
	const ids = (): Ids => {
		// What was called in this turn is an event by then.
		client.health();
		return { ...last, ...stored(writeKey) };
	};
	return {
		/** About to be told to Ripen. Of another user nothing is known yet. */
		identified(id: string | undefined, told: Properties) {
			if (id && id !== (ids().userId ?? id)) {
				traits = ofAccount = {};
				last.groupId = undefined;
			}
			traits = { ...traits, ...told };
			if (id) last = { ...last, userId: id };
		},
		grouped(id: string | undefined, told: Properties) {
			ofAccount = { ...(id && id !== ids().groupId ? {} : ofAccount), ...told };
			if (id) last = { ...last, groupId: id };
		},
		forget() {
			last = {};
			traits = ofAccount = {};
		},
		/** As `analytics.user()`. */
		user: () => ({
			id: () => ids().userId ?? null,
			anonymousId: () => ids().anonymousId ?? null,
			traits: (): Properties => ({ ...client.view()?.traits.user, ...traits }),
		}),
		/** As `analytics.group()`. */
		group: () => ({
			id: () => ids().groupId ?? null,
			traits: (): Properties => ({ ...client.view()?.traits.account, ...ofAccount }),
		}),
	};
}
