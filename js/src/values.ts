import type { Local } from "./local.js";

/** All that stands under names that begin so: the rest of the name → value. */
export function valuesOf(local: Local, start: string): Map<string, string> {
	const whole = local.prefix + start;
	const names = local.names().filter((name) => name.startsWith(whole));
	return new Map(names.map((name) => [name.slice(whole.length), local.get(name.slice(local.prefix.length)) ?? ""]));
}
