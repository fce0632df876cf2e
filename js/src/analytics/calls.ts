/** The methods of analytics.js, each as a call of Ripen. */
import type { Client } from "../client.js";
import type { Properties, Told } from "../types.js";
import { type Call, type Callback, ofAlias, ofPage, ofTrack, ofUser } from "./arguments.js";
import { type Elements, follow } from "./elements.js";
import { type Emits, openEmitter } from "./emitter.js";
import { type Identities, openIdentities } from "./identities.js";
import { asCalled, type Queued } from "./queue.js";

/** What there is no counterpart for: a call says so once, and goes on. */
const without = [
	"addDestinationMiddleware",
	"addIntegrationMiddleware",
	"addSourceMiddleware",
	"deregister",
	"register",
	"use",
];
/** What there is nothing to do for: there are no integrations to wait for, and no delay before a link is followed. */
const needless = ["debug", "initialize", "load", "timeout"];

/** What a call resolves to, and its callback gets. */
export interface Dispatched {
	event: Properties;
}
/** When it happened, where the host says so: of the options of a call the only one that has a counterpart. */
const when = ({ timestamp }: Properties): Told | undefined =>
	timestamp ? { timestamp: new Date(timestamp as string).getTime() } : undefined;

export type Options = {
	/** The one given to `init`: then `user().anonymousId()` is known before the first event. */
	writeKey?: string;
};

export function openCalls(client: Client, { writeKey }: Options) {
	const emitter = openEmitter();
	const person: Identities = openIdentities(client, writeKey);
	const said = new Set<string>();
	const say = (what: string) => {
		if (!said.has(what)) console.warn(`ripen: ${what} [analytics_unsupported]`);
		said.add(what);
	};
	/** In a task of its own: by then the event is durable. */
	const dispatched = async (event: Properties, callback: Callback | undefined): Promise<Dispatched> => {
		await new Promise((task) => setTimeout(task));
		try {
			callback?.({ event });
		} catch (error) {
			console.error(error);
		}
		return { event };
	};
	const told = (type: string, args: unknown[], { callback }: Call, event: Properties) => {
		emitter.emit(type, args);
		return dispatched({ type, ...event }, callback);
	};
	const showPage = (type: "page" | "screen", args: unknown[]) => {
		const call = ofPage(args);
		const { category, name, options } = call;
		const properties = {
			...(category === undefined ? {} : { category }),
			...(name === undefined ? {} : { name }),
			...call.properties,
		};
		client.page(name, properties, when(options));
		return told(type, [category, name, properties, options], call, { name, properties });
	};
	const chained =
		<Args extends unknown[]>(call: (...args: Args) => unknown) =>
		(...args: Args): Emits => {
			call(...args);
			return all as typeof methods & typeof all;
		};
	const methods = {
		track(...args: unknown[]) {
			const call = ofTrack(args);
			const { event, properties, options } = call;
			client.track(event, properties, when(options));
			return told("track", [event, properties, options], call, { event, properties });
		},
		page: (...args: unknown[]) => showPage("page", args),
		screen: (...args: unknown[]) => showPage("screen", args),
		pageview: (url: string) => showPage("page", [{ path: url }]),
		identify(...args: unknown[]) {
			const call = ofUser(args);
			const { id, properties: traits, options } = call;
			// Before Ripen knows: then it would not be another one any more.
			person.identified(id, traits);
			client.identify(id, traits, when(options));
			return told("identify", [id, traits, options], call, { userId: id, traits });
		},
		/** Without arguments: the account as it is known. */
		group(...args: unknown[]) {
			if (args.length === 0) return person.group();
			const call = ofUser(args);
			const id = call.id ?? person.group().id() ?? undefined;
			const { properties: traits, options } = call;
			person.grouped(id, traits);
			if (id === undefined) say("a group without an id is no account: its traits are left out");
			else client.group(id, traits, when(options));
			return told("group", [id, traits, options], call, { groupId: id, traits });
		},
		/** Who was anonymous until now is the user: that is what `identify` says. Nobody else can be joined from a page. */
		alias(...args: unknown[]) {
			const call = ofAlias(args);
			const { to, from, options } = call;
			const anonymous = person.user().anonymousId();
			if (to === undefined || (from !== undefined && from !== anonymous))
				say("`alias` joins the anonymous person of this browser to a user; of others a server says so");
			else {
				person.identified(to, {});
				client.identify(to);
			}
			return told("alias", [to, from, options], call, { userId: to, previousId: from });
		},
		reset() {
			client.reset();
			person.forget();
			emitter.emit("reset", []);
		},
		ready(callback?: () => unknown) {
			return dispatched({}, callback && (() => callback()));
		},
		user: () => person.user(),
		/** An id can be given before Ripen has one: see `keepAnonymousId`. Returns the one in force. */
		setAnonymousId(id?: string) {
			const now = person.user().anonymousId();
			if (id && id !== now)
				say("an anonymous id stays as it is; `keepAnonymousId` takes over another's before `init`");
			return now;
		},
		trackLink: (elements: Elements, event: never, properties?: never) =>
			follow("click", elements, event, properties as never, methods.track),
		trackForm: (elements: Elements, event: never, properties?: never) =>
			follow("submit", elements, event, properties as never, methods.track),
		trackClick: (elements: Elements, event: never, properties?: never) =>
			methods.trackLink(elements, event, properties),
		trackSubmit: (elements: Elements, event: never, properties?: never) =>
			methods.trackForm(elements, event, properties),
		on: chained(emitter.on),
		once: chained(emitter.once),
		off: chained(emitter.off),
		emit: chained((name: string, ...args: unknown[]) => emitter.emit(name, args)),
	};
	const all: Record<string, (...args: never[]) => unknown> = { ...methods };
	for (const name of without) all[name] = () => say(`\`${name}\` has no counterpart`);
	for (const name of needless) all[name] = () => undefined;
	/** Carries out a call that was written down. What it throws is the mistake of that one call. */
	const carryOut = (queued: Queued) => {
		const [method, ...args] = asCalled(queued);
		try {
			if (Object.hasOwn(all, method)) all[method]?.(...(args as never[]));
			else say(`\`${method}\` has no counterpart`);
		} catch (error) {
			console.error(error);
		}
	};
	return { all: all as typeof methods & typeof all, carryOut };
}
