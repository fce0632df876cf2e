/** What is wrong with the options of `init`: names that are none, values of another kind. */
import { nearest } from "../cli/nearest.js";
import type { Options, Warning } from "../types.js";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const call: Check = (value) => typeof value === "function";
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const object: Check = (value) => typeof value === "object" && value !== null;
const any: Check = () => true;
const oneOf =
	(...values: string[]): Check =>
	(value) =>
		values.includes(value as string);
const address: Check = (value) => /^(https?:\/\/|\/|$)/.test(`${value}`);

/** Each option: what it has to be, in words and as a test. */
const options: Record<keyof Options, [wanted: string, is: Check]> = {
	writeKey: ["a text", text],
	host: ["an address that begins with `https://`, or with `/` on this origin", address],
	playbook: ["the address of one, its bytes, or the document", (value) => text(value) || object(value)],
	wasm: ["an address, bytes, a module, or what gives one", any],
	toolkit: ["an address, bytes, a module, or what gives one", any],
	locale: ["a language, such as `pt-BR`", text],
	nudges: ["`true` or `false`", flag],
	consent: ["`granted`, `pending` or `denied`", oneOf("granted", "pending", "denied")],
	mode: ["`events`, `signals` or `off`", oneOf("events", "signals", "off")],
	respectGpc: ["`true` or `false`", flag],
	published: ["`true` or `false`", flag],
	drafts: ["`true` or `false`", flag],
	preview: ["`true` or `false`", flag],
	dev: ["`false`, or `{ events }`", (value) => flag(value) || object(value)],
	redact: ["a function", call],
	allow: ["a list of names", texts],
	deny: ["a list of names", texts],
	token: ["a function", call],
	actions: [
		"functions by their names",
		(value) => object(value) && Object.values(value as object).every(call),
	],
	images: ["a list of origins", texts],
	clock: [
		"an object with `now` and `wakeAt`",
		(value) =>
			object(value) && call((value as { now: unknown }).now) && call((value as { wakeAt: unknown }).wakeAt),
	],
	onWarning: ["a function", call],
};

const shown = (value: unknown) => {
	try {
		return (JSON.stringify(value) ?? String(value)).slice(0, 60);
	} catch {
		return typeof value;
	}
};

/** Each says what was found, what was expected, and a near name if there is one. What is not given is no mistake. */
export function optionWarnings(given: object): Warning[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const known = Object.hasOwn(options, name) ? options[name as keyof Options] : undefined;
		if (!known) {
			const near = nearest(name, Object.keys(options));
			const hint = near ? `; did you mean \`${near}\`?` : ".";
			return [{ code: "unknown_option", message: `\`init\` has no option \`${name}\`${hint}` }];
		}
		const [wanted, is] = known;
		if (value === undefined || is(value)) return [];
		return [{ code: "bad_option", message: `\`${name}\` of \`init\` is ${wanted}, not ${shown(value)}.` }];
	});
}

/** The options by which a second `init` would have it otherwise: it changes nothing. Functions are made anew each time, and say nothing. */
export function otherOptions(first: object, second: object): string[] {
	const names = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof object>;
	return [...names].filter((name) => {
		const pair = [first[name], second[name]] as unknown[];
		return !pair.some(call) && shown(pair[0]) !== shown(pair[1]);
	});
}
