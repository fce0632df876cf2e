import type { Local } from "./local.js";

/** All that stands under names that begin so: the rest of the name → value. */
export function valuesOf(local: Local, start: string): Map<string, string> {
	const whole = local.prefix + start;
	const rests = local.names().flatMap((name) => (name.startsWith(whole) ? name.slice(whole.length) : []));
	return new Map(rests.map((rest) => [rest, local.get(start + rest) ?? ""]));
}
