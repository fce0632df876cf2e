/**
 * What a playbook speaks of, as TypeScript: `declare module "ripen"` with its events and names, so that `track`, `view`
 * and their like take and give exactly these.
 */
import type { Shape, ValueKind, Vocabulary } from "../module.js";
import type { Further } from "./further.js";

/** How the file begins that the Vite plugin writes: by this `import playbook from "./playbook.json?ripen"` has a type. */
export const ofVite = '/// <reference types="ripen/vite/client" />\n';

const quoted = (text: string) =>
	JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
/** What could end a comment, or a line of it, does not. */
const said = (text: string) => text.replaceAll("*/", "*\\/").replaceAll(/\s+/gu, " ");
const union = (names: string[]) => (names.length > 0 ? names.map(quoted).join(" | ") : "never");
const indent = (lines: string[]) => lines.map((line) => `\t${line}`);

const types: Record<ValueKind, string> = {
	string: "string",
	number: "number",
	boolean: "boolean",
	scalar: "string | number | boolean",
	list: "Json[]",
	object: "Properties",
};

/** What is known at a path. `closed`: there are no other values than these. */
type Known = Shape[number] & { closed?: true };

/** A value of these kinds. Strings that the playbook compares with are offered; others are right, too. */
function typeOf({ kinds, orList, values, closed }: Known): string {
	const offered = closed ? union(values) : `${union(values)} | (string & {})`;
	const words = values.length > 0 ? offered : "string";
	const one = kinds.map((kind) => (kind === "string" ? words : (types[kind] ?? "Json"))).join(" | ");
	if (!one) return "Json";
	return orList ? `${one} | (${one})[]` : one;
}

interface Tree {
	type?: string;
	parts: Map<string, Tree>;
}

/** Dotted paths as objects in objects. What is a value and has something in it, too, is an object. */
function treeOf(shape: Known[]): Tree {
	const root: Tree = { parts: new Map() };
	for (const each of shape) {
		let tree = root;
		for (const part of each.path) {
			const next: Tree = tree.parts.get(part) ?? { parts: new Map() };
			tree.parts.set(part, next);
			tree = next;
		}
		tree.type = typeOf(each);
	}
	return root;
}

/** Any of them may be missing, or null, which is the same to conditions. */
function members(tree: Tree): string[] {
	return [...tree.parts].flatMap(([name, inner]) => {
		if (inner.parts.size === 0) return `${keyOf(name)}?: ${inner.type ?? "Json"} | null | undefined;`;
		return [`${keyOf(name)}?: {`, ...indent([...members(inner), open]), "} | null | undefined;"];
	});
}
/** The playbook does not know all there is. */
const open = "[property: string]: Json | undefined;";

const object = (head: string, lines: string[]) => [`${head} {`, ...indent(lines), "}"];

/** An event: what hears it is said where an editor shows it. */
function event(name: string, by: string[], shape: Known[]): string[] {
	const heard = by.length > 0 ? by.map((id) => `\`${said(id)}\``).join(", ") : "nothing in the playbook";
	const lines = members(treeOf(shape));
	const head = `/** Heard by ${heard}. */`;
	return [head, ...(lines.length > 0 ? object(`${keyOf(name)}:`, lines) : [`${keyOf(name)}: {};`])];
}

function furtherShape(properties: Further[string]): Known[] {
	return Object.entries(properties).map(([name, type]) => {
		const of = { path: [name], orList: false };
		if (Array.isArray(type)) return { ...of, kinds: ["string"], values: type, closed: true };
		// Anything is what nothing is known of.
		return { ...of, kinds: type === "any" ? [] : [type as ValueKind], values: [] };
	});
}

/** Two lists of paths as one; where both have one, the further events' type is more than the playbook can know. */
const joined = (known: Shape, further: Known[]): Known[] => [
	...known.filter(
		({ path: [head, ...rest] }) => rest.length > 0 || !further.some(({ path }) => path[0] === head),
	),
	...further,
];

/** The text of `ripen.d.ts`. `from`: what it was made of, for its first line. */
export function declarations(vocabulary: Vocabulary, further: Further, from: string): string {
	const { events, pages, signals, segments, scores, ladders, moments, nudges } = vocabulary;
	const known = new Map(events.map((each) => [each.name, each]));
	const names = [...new Set([...known.keys(), ...Object.keys(further)])].sort();
	const eventLines = names.flatMap((name) => {
		const { by = [], properties = [] } = known.get(name) ?? {};
		return event(name, by, joined(properties, furtherShape(further[name] ?? {})));
	});
	const list = (name: string, values: string[]) => `${name}: ${union(values)};`;
	const register = [
		...object(
			"signals:",
			signals.map(({ name, kinds }) => `${keyOf(name)}: ${types[kinds[0] ?? "scalar"]};`),
		),
		list("segments", segments),
		...object(
			"bands:",
			scores.map(({ name, bands }) => `${keyOf(name)}: ${union(bands)};`),
		),
		...object(
			"stages:",
			ladders.map(({ name, rungs }) => `${keyOf(name)}: ${union(rungs)};`),
		),
		list("moments", moments),
		list("nudges", nudges),
		list("pages", pages),
		list("triggers", vocabulary.triggers),
		list("actions", vocabulary.actions),
		list("slots", vocabulary.slots),
		...object("user:", members(treeOf(vocabulary.user))),
		...object("account:", members(treeOf(vocabulary.account))),
	];
	const text = [
		`// Made of ${said(from)} by \`ripen types\`: not to be edited.`,
		'import type { Json, Properties } from "ripen";',
		"",
		...object('declare module "ripen"', [
			...object("interface KnownEvents", eventLines),
			...object("interface Register", register),
		]),
	];
	return `${text.join("\n")}\n`;
}
