/** Events that a company tracks and no signal hears: a file of their names, with types of their properties if it likes. */
import { Failure } from "./failure.js";
import { nearest } from "./nearest.js";

/** Name → properties, each by the name of a type, or the strings that it may be. */
export type Further = Record<string, Record<string, string | string[]>>;

/** What a file may say that a property is. */
export const propertyTypes = ["string", "number", "boolean", "list", "object", "any"];

/** Reads the text of such a file. */
export function furtherIn(text: string, file: string): Further {
	const wrong = (what: string) => new Failure(`${file}: ${what} (see ripen types --help)`, 1);
	let found: unknown;
	try {
		found = JSON.parse(text);
	} catch (error) {
		throw wrong(`this is not JSON: ${(error as Error).message}`);
	}
	const isObject = (value: unknown): value is Record<string, unknown> =>
		typeof value === "object" && value !== null && !Array.isArray(value);
	const named = Array.isArray(found)
		? found.map((name) => [name, {}])
		: Object.entries(isObject(found) ? found : {});
	if (!Array.isArray(found) && !isObject(found))
		throw wrong("expected a list of names, or an object of events");
	return Object.fromEntries(
		named.map(([name, properties]) => {
			if (typeof name !== "string" || !name || name.startsWith("$"))
				throw wrong(`${JSON.stringify(name)} is no name of an event`);
			if (!isObject(properties)) throw wrong(`expected the properties of ${name}, an object`);
			for (const [property, type] of Object.entries(properties)) {
				const isList =
					Array.isArray(type) && type.length > 0 && type.every((word) => typeof word === "string");
				if (isList || propertyTypes.includes(type as string)) continue;
				const near = typeof type === "string" && nearest(type, propertyTypes);
				const hint = near ? `; did you mean "${near}"?` : "";
				throw wrong(`${name}.${property} is ${JSON.stringify(type)}, which is no type${hint}`);
			}
			return [name, properties as Further[string]];
		}),
	);
}
