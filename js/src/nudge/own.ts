import type { Json, Properties } from "../types.js";

/** A property of its own, of what may be anything. */
export const own = (of: Json | undefined, name: string): Json | undefined =>
	typeof of === "object" && of !== null && Object.hasOwn(of, name) ? (of as Properties)[name] : undefined;

/** No nudge has room for more. */
const most = 100;

/** A list of what may be anything, and as long as it likes. */
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value.slice(0, most) : []);
