// Section 1 of semantics.md: which lines are events, their order, whose they are, and of which account.
import { byBytes, readTime } from "./time.mjs";

const id = (value) => (typeof value === "string" && value !== "" ? value : undefined);
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The value of a line, or undefined if the line does not exist: not JSON, half a surrogate pair, beyond a double. */
function readLine(bytes) {
	let text;
	let value;
	try {
		text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	// JSON.parse takes lone surrogates, and makes Infinity of 1e999; so each token is looked at.
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g)) {
		if (token[0] === '"' ? !JSON.parse(token).isWellFormed() : !Number.isFinite(Number(token)))
			return undefined;
	}
	return isObject(value) ? value : undefined;
}

function nameOf(message) {
	if (message.type === "track") return id(message.event);
	if (message.type === "page") return "$page";
	if (message.type === "screen") return "$screen";
	return undefined;
}

function propertiesOf(message) {
	const properties = isObject(message.properties) ? message.properties : {};
	const named = (message.type === "page" || message.type === "screen") && id(message.name) !== undefined;
	return named ? { ...properties, name: message.name } : properties;
}

/** What of a message is used, or undefined if it does not exist. */
function readMessage(message) {
	const context = isObject(message.context) ? message.context : {};
	const offset = context.timezoneOffset;
	const event = {
		messageId: id(message.messageId),
		time: readTime(message.timestamp),
		user: id(message.userId),
		anonymous: id(message.anonymousId),
		previous: message.type === "alias" ? id(message.previousId) : undefined,
		type: message.type,
		name: nameOf(message),
		properties: propertiesOf(message),
		traits: isObject(message.traits) ? message.traits : {},
		groupCall: message.type === "group" ? id(message.groupId) : undefined,
		contextGroup: id(context.groupId),
		session: id(context.sessionId),
		offset: Number.isInteger(offset) && Math.abs(offset) <= 1440 ? offset : undefined,
	};
	const exists =
		event.messageId !== undefined &&
		event.time !== undefined &&
		(event.user ?? event.anonymous) !== undefined;
	return exists ? event : undefined;
}

function* linesOf(buffer) {
	for (let start = 0; start < buffer.length; ) {
		const newline = buffer.indexOf(10, start);
		const end = newline < 0 ? buffer.length : newline;
		yield buffer.subarray(start, end);
		start = end + 1;
	}
}

/** Sets `person` of each event: what an anonymous id did belongs to the user that it is joined to. */
function findPersons(events) {
	const joins = new Map();
	const join = (anonymous, user, at) => {
		if (anonymous === undefined || user === undefined) return;
		if (!joins.has(anonymous)) joins.set(anonymous, []);
		joins.get(anonymous).push({ user, at });
	};
	events.forEach((event, at) => {
		join(event.anonymous, event.user, at);
		join(event.previous, event.user, at);
	});
	events.forEach((event, at) => {
		const owners = joins.get(event.anonymous) ?? [];
		const owner = owners.findLast((each) => each.at < at) ?? owners[0];
		event.person = event.user ?? owner?.user ?? event.anonymous;
	});
}

/** Sets `account` of each event. */
function findAccounts(events) {
	const lastGroupCall = new Map();
	for (const event of events) {
		event.account = event.groupCall ?? event.contextGroup ?? lastGroupCall.get(event.person);
		if (event.groupCall !== undefined) lastGroupCall.set(event.person, event.groupCall);
	}
}

/** The events of a file's bytes up to `at` (milliseconds; undefined: all), in order, each with its person and account. */
export function readEvents(buffer, at = Infinity) {
	const byId = new Map();
	for (const line of linesOf(buffer)) {
		const message = readLine(line);
		const event = message && readMessage(message);
		if (event && event.time <= at && !byId.has(event.messageId)) byId.set(event.messageId, event);
	}
	const events = [...byId.values()].sort((a, b) => a.time - b.time || byBytes(a.messageId, b.messageId));
	events.forEach((event, index) => {
		event.index = index;
	});
	findPersons(events);
	findAccounts(events);
	return events;
}

/** Traits after `changes` were merged over them, key by key; null removes. */
export function mergeTraits(traits, changes) {
	const merged = new Map([...Object.entries(traits), ...Object.entries(changes)]);
	return Object.fromEntries([...merged].filter(([, value]) => value !== null));
}
