import type { Local } from "./local.js";

/** All that stands under names that begin so: the rest of the name → value. */
export function valuesOf(local: Local, start: string): Map<string, string> {
	const names = local.names().filter((name) => name.startsWith(start));
	return new Map(names.map((name) => [name.slice(start.length), local.get(name) ?? ""]));
}
