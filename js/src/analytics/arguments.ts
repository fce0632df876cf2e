/** The overloads of analytics.js, resolved as Segment's own clients do: who migrates has all of them in their code. */
import type { Properties } from "../types.js";

export type Callback = (dispatched: unknown) => unknown;

const isText = (value: unknown): value is string => typeof value === "string";
const isCallback = (value: unknown): value is Callback => typeof value === "function";
const isPlain = (value: unknown): value is Properties =>
	Object.prototype.toString.call(value) === "[object Object]";
const objectOf = (value: unknown): Properties => (isPlain(value) ? value : {});

export interface Call {
	properties: Properties;
	options: Properties;
	callback: Callback | undefined;
}

/** `track(event, [properties], [options], [callback])`, or all of it as one object. Without a name Ripen warns. */
export function ofTrack(args: unknown[]): Call & { event: string } {
	const [first, second, third] = args;
	const event = isPlain(first) ? first.event : first;
	const isWhole = isPlain(first);
	return {
		event: isText(event) ? event : "",
		properties: isWhole ? objectOf(first.properties) : objectOf(second),
		options: objectOf(isWhole ? second : third),
		callback: args.find(isCallback),
	};
}

/** `page([category], [name], [properties], [options], [callback])`: one string is the name, of two the first is the category. */
export function ofPage(args: unknown[]): Call & { category: string | undefined; name: string | undefined } {
	const strings = args.filter(isText);
	// Behind the name null stands in the place of an object.
	const end = args.map(isText).lastIndexOf(true);
	const objects = args.filter((each, at) => isPlain(each) || (each === null && at > end && end >= 0));
	const [first, second] = args;
	const hasBoth = strings.length === 2;
	const [only, options] = objects;
	// In the place of the options it is them.
	const isOptions = objects.length === 1 && only === args[3];
	return {
		category: hasBoth && isText(first) ? first : undefined,
		name: hasBoth ? (isText(second) ? second : undefined) : strings[0],
		properties: isOptions ? {} : objectOf(only),
		options: objectOf(isOptions ? only : options),
		callback: args.find(isCallback),
	};
}

/** `identify([id], [traits], [options], [callback])`, and `group` likewise. A number is an id, too. */
export function ofUser(args: unknown[]): Call & { id: string | undefined } {
	const [first] = args;
	const isId = isText(first) || typeof first === "number";
	// Nothing, or null, in the place of the id is no id.
	const rest = isId || first == null ? args.slice(1) : args;
	const end = rest.findIndex(isCallback);
	const [traits, options] = end < 0 ? rest : rest.slice(0, end);
	return {
		id: isId ? `${first}` : undefined,
		properties: objectOf(traits),
		options: objectOf(options),
		callback: rest[end] as Callback | undefined,
	};
}

/** `alias(to, [from], [options], [callback])` */
export function ofAlias(args: unknown[]): Call & { to: string | undefined; from: string | undefined } {
	const ids = args.filter((each) => isText(each) || typeof each === "number").map((id) => `${id}`);
	return {
		to: ids[0],
		from: ids[1],
		properties: {},
		options: objectOf(args.find(isPlain)),
		callback: args.find(isCallback),
	};
}
