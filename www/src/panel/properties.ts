import type { Json, Properties } from "ripen";

/** `role: founder, seats: 3`. */
export function properties(all: Properties): string {
	return Object.entries(all)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}: ${word(value)}`)
		.join(", ");
}

function word(value: Json | undefined): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}
