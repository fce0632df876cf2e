// Time as section 2 of semantics.md has it: whole hours of a clock, windows over them, lengths of time.

export const HOUR = 3600000;

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970 UTC of an RFC 3339 time (digits past the milliseconds are cut), or undefined. */
export function readTime(text) {
	const match = typeof text === "string" && RFC3339.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
	const [zoneHour, zoneMinute] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
	if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
	// Date.UTC reads the years 0 to 99 as 1900 to 1999; setUTCFullYear does not.
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
	date.setUTCHours(hour, minute, second, Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)));
	const east = (zoneHour * 60 + zoneMinute) * (match[9] === "-" ? -1 : 1);
	return date.getTime() - east * 60000;
}

/**
 * The hour that a trait holds, on a clock `offset` minutes east of UTC: of an RFC 3339 time, or the first of a date.
 * Undefined if the trait holds neither.
 */
export function hourOfTrait(value, offset) {
	if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) {
		const midnight = readTime(`${value}T00:00:00Z`);
		return midnight === undefined ? undefined : hourOf(midnight, 0);
	}
	const time = readTime(value);
	return time === undefined ? undefined : hourOf(time, offset);
}

/** As the output has it: RFC 3339, UTC, milliseconds. */
export const writeTime = (ms) => new Date(ms).toISOString();

/** Index of the clock hour in which `ms` lies, `offset` minutes east of UTC. */
export const hourOf = (ms, offset) => Math.floor((ms + offset * 60000) / HOUR);

/** Index of the day of an hour. */
export const dayOf = (hour) => Math.floor(hour / 24);

/** Hours of a SPAN ("3d", "6h"), or undefined if the value is none. */
export function spanHours(value) {
	const match = typeof value === "string" && /^(\d+)([dh])$/.exec(value);
	return match ? Number(match[1]) * (match[2] === "d" ? 24 : 1) : undefined;
}

/**
 * A window as `{days, length, ago}`: `days` says whether its unit is the day; undefined for ever.
 */
export function readWindow(within, ago) {
	if (within === undefined) return undefined;
	return {
		days: within.endsWith("d"),
		length: Number.parseInt(within, 10),
		ago: ago === undefined ? 0 : Number.parseInt(ago, 10),
	};
}

/** Byte order of UTF-8, which is not the order of JavaScript's strings. */
export const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
